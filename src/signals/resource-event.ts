import type { SystemEventNameToEventData } from '@azure/eventgrid';
import { PROFILES } from '../remediation/model/profiles.ts';
import {
  extendedBy,
  parentOf,
  parseLooseResourceId,
  parseResourceId,
  type ResourceId,
  within,
} from '../remediation/model/resource-id.ts';
import { soleIn } from './embedded-json.ts';
import { type EventRefusal, ignored, malformed } from './event-refusal.ts';
import { looseFields, looseText } from './loose-fields.ts';
import { isOwnEvent, OWN_EVENT } from './own-event.ts';
import { excessIn } from './payload-bounds.ts';

/**
 * The resource that a write, a deletion or an action names, lower-cased. It only identifies a resource and is never a fact: its
 * state is read from Azure.
 * `consumer`: the consumer itself, or a part of it, as the key of a server.
 * `vault`: the vault itself, its access policies, or a role assignment at it; `keyName` where the assignment is at a single key.
 * `wideScope`: a resource group or a subscription at which a role was assigned.
 * `identity`: a user-assigned identity that was deleted.
 */
export type ResourceSignal =
  | { readonly kind: 'signal'; readonly about: 'consumer' | 'wideScope' | 'identity'; readonly id: string }
  | { readonly kind: 'signal'; readonly about: 'vault'; readonly id: string; readonly keyName?: string };

type Verb = 'write' | 'delete' | 'action';
export type WrittenResource = { readonly kind: 'written'; readonly resource: ResourceId; readonly verb: Verb };
type Reader = (resource: ResourceId, verb: Verb) => ResourceSignal | undefined;

/** Only successful operations: a failed or cancelled one changed nothing that the product looks at. */
const VERB_OF = {
  'Microsoft.Resources.ResourceWriteSuccess': 'write',
  'Microsoft.Resources.ResourceDeleteSuccess': 'delete',
  'Microsoft.Resources.ResourceActionSuccess': 'action',
} as const satisfies Partial<Record<keyof SystemEventNameToEventData, Verb>>;

const VERBS = new Map<string, Verb>(Object.entries(VERB_OF).map(([type, verb]) => [type.toLowerCase(), verb]));

/** The event types that the product reads, as Event Grid spells them. */
export const EVENT_TYPES: readonly string[] = Object.keys(VERB_OF);

const consumer: Reader = ({ id }) => ({ kind: 'signal', about: 'consumer', id });
const partOfConsumer: Reader = ({ id }) => ({ kind: 'signal', about: 'consumer', id: parentOf(id) });
const vault: Reader = ({ id }) => ({ kind: 'signal', about: 'vault', id });
const partOfVault: Reader = ({ id }) => ({ kind: 'signal', about: 'vault', id: parentOf(id) });
const identity: Reader = ({ id }, verb) => (verb === 'delete' ? { kind: 'signal', about: 'identity', id } : undefined);

/** The principal and the role of an assignment cannot be read after its deletion: so only its scope counts. */
const roleAssignment: Reader = ({ id }) => {
  const scope = parseResourceId(extendedBy(id));
  if (!scope) return undefined;
  if (scope.type === undefined) return { kind: 'signal', about: 'wideScope', id: scope.id };
  if (scope.type === 'microsoft.keyvault/vaults') return { kind: 'signal', about: 'vault', id: scope.id };
  const [, keyName] = scope.names;
  return scope.type === 'microsoft.keyvault/vaults/keys' && keyName !== undefined
    ? { kind: 'signal', about: 'vault', id: parentOf(scope.id), keyName }
    : undefined;
};

/** Resource types on access paths of keys. All others are ignored. */
const READERS: ReadonlyMap<string, Reader> = new Map([
  ...Object.values(PROFILES).flatMap(({ resourceType, parts }) => [
    [resourceType, consumer] as const,
    ...parts.map((part) => [part, partOfConsumer] as const),
  ]),
  ['microsoft.keyvault/vaults', vault],
  ['microsoft.keyvault/vaults/accesspolicies', partOfVault],
  ['microsoft.authorization/roleassignments', roleAssignment],
  ['microsoft.managedidentity/userassignedidentities', identity],
]);

/** The resource types whose events the product reads, lower-cased. */
export const HEARD_TYPES: readonly string[] = [...READERS.keys()];

/**
 * The signal of a resource; `undefined` where it is on no access path. A name with a blank is allowed in Azure, but no resource
 * on an access path has one.
 */
export const signalOf = (resource: ResourceId, verb: Verb): ResourceSignal | undefined =>
  parseResourceId(resource.id) && READERS.get(resource.type ?? '')?.(resource, verb);

/**
 * Reads one event from the topic of a subscription or a resource group, in the Event Grid or the CloudEvents schema. Such events
 * do not say what was written, mix `resourceGroups` and `resourcegroups`, and have fewer members for a new resource: so only
 * type, topic and subject are read.
 */
export const parseResourceEvent = (json: unknown): ResourceSignal | EventRefusal => {
  const written = parseWritten(json);
  if (written.kind !== 'written') return written;
  const { resource, verb } = written;
  const signal = signalOf(resource, verb);
  return signal ?? ignored(`a ${verb} of ${resource.type ?? 'a resource group'} says nothing about a key`);
};

/** The resource that was written, deleted or acted on, of any type. */
export const parseWritten = (sent: unknown): WrittenResource | EventRefusal => {
  const json = soleIn(sent);
  const excess = excessIn(json);
  if (excess !== undefined) return malformed(excess);
  if (isOwnEvent(json)) return ignored(OWN_EVENT);
  const event = looseFields(json);
  const type = looseText(event, 'eventtype', 'type');
  if (type === undefined) return malformed('it has neither eventType nor type');
  const verb = VERBS.get(type.toLowerCase());
  if (!verb) return ignored(`${type} tells of nothing that was written, deleted or done`);
  const topic = parseLooseResourceId(looseText(event, 'topic', 'source') ?? '');
  if (!topic || topic.type !== undefined) return malformed('its topic or source is no subscription or resource group');
  const subject = looseText(event, 'subject') ?? looseText(looseFields(soleIn(event.get('data'))), 'resourceuri');
  const resource = parseLooseResourceId(subject ?? '');
  if (!resource) return malformed('its subject is not the id of a resource');
  if (!within(resource.id, topic.id)) return malformed('its subject is in another place than its topic or source');
  return { kind: 'written', resource, verb };
};
