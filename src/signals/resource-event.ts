import type { SystemEventNameToEventData } from '@azure/eventgrid';
import { PROFILES } from '../remediation/model/profiles.ts';
import { extendedBy, inScope, parentOf, parseResourceId, type ResourceId } from '../remediation/model/resource-id.ts';
import { ignored, malformed, type Refusal } from './event-refusal.ts';
import { looseFields, looseText } from './loose-fields.ts';

/**
 * What a write, a deletion or an action names, lower-cased. It is an identifier, never a fact: whether the resource is there,
 * and how, is read from Azure.
 *
 * `consumer`: by itself, or by a part of it, as the key of a server. `vault`: by itself, by its access policies, or by a role
 * assignment at it; `keyName` where that one is at a single key. `wideScope`: a resource group or a subscription, at which a
 * role was assigned. `identity`: a user-assigned one that was deleted.
 */
export type ResourceSignal =
  | { readonly kind: 'signal'; readonly about: 'consumer' | 'wideScope' | 'identity'; readonly id: string }
  | { readonly kind: 'signal'; readonly about: 'vault'; readonly id: string; readonly keyName?: string };

type Verb = 'write' | 'delete' | 'action';
type Reader = (resource: ResourceId, verb: Verb) => ResourceSignal | undefined;

/** Those that failed or were cancelled changed nothing that the product looks at. */
const VERBS = new Map<string, Verb>(
  Object.entries({
    'Microsoft.Resources.ResourceWriteSuccess': 'write',
    'Microsoft.Resources.ResourceDeleteSuccess': 'delete',
    'Microsoft.Resources.ResourceActionSuccess': 'action',
  } as const satisfies Partial<Record<keyof SystemEventNameToEventData, Verb>>).map(([type, verb]) => [
    type.toLowerCase(),
    verb,
  ]),
);

const consumer: Reader = ({ id }) => ({ kind: 'signal', about: 'consumer', id });
const partOfConsumer: Reader = ({ id }) => ({ kind: 'signal', about: 'consumer', id: parentOf(id) });
const vault: Reader = ({ id }) => ({ kind: 'signal', about: 'vault', id });
const partOfVault: Reader = ({ id }) => ({ kind: 'signal', about: 'vault', id: parentOf(id) });
const identity: Reader = ({ id }, verb) => (verb === 'delete' ? { kind: 'signal', about: 'identity', id } : undefined);

/** An assignment tells of a principal and a role only as long as there is one: all that counts is where it is or was. */
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

/** Resource types of which something hangs on a key. All others are ignored. */
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

/** No document says what follows `accessPolicies` in a subject: a collection without a name counts as what it belongs to. */
const parseSubject = (subject: string): ResourceId | undefined =>
  parseResourceId(subject) ?? parseResourceId(subject.replace(/\/[^/]*\/?$/, ''));

/**
 * Reads one event of a subscription's or a resource group's topic in the Event Grid or the CloudEvents schema. Those carry
 * nothing of what was written, mix `resourceGroups` and `resourcegroups`, and of a new resource have less than of others:
 * only type, topic and subject are read.
 */
export const parseResourceEvent = (json: unknown): ResourceSignal | Refusal => {
  const event = looseFields(json);
  const type = looseText(event, 'eventtype', 'type');
  if (type === undefined) return malformed('it has neither eventType nor type');
  const verb = VERBS.get(type.toLowerCase());
  if (!verb) return ignored(`${type} tells of nothing that was written, deleted or done`);
  const topic = parseResourceId(looseText(event, 'topic', 'source') ?? '');
  if (!topic || topic.type !== undefined) return malformed('its topic or source is no subscription or resource group');
  const subject = looseText(event, 'subject') ?? looseText(looseFields(event.get('data')), 'resourceuri');
  const resource = parseSubject(subject ?? '');
  if (!resource) return malformed('its subject is not the id of a resource');
  if (!inScope(resource.id, [topic.id])) return malformed('its subject is in another place than its topic or source');
  const signal = READERS.get(resource.type ?? '')?.(resource, verb);
  return signal ?? ignored(`a ${verb} of ${resource.type ?? 'a resource group'} says nothing about a key`);
};
