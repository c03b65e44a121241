import type { SystemEventNameToEventData } from '@azure/eventgrid';
import { parseLooseResourceId, parseResourceId } from '../remediation/model/resource-id.ts';
import { soleIn } from './embedded-json.ts';
import { type EventRefusal, ignored, malformed } from './event-refusal.ts';
import { looseFields, looseText } from './loose-fields.ts';
import { isOwnEvent, OWN_EVENT } from './own-event.ts';
import { excessIn } from './payload-bounds.ts';

/**
 * A key that an event names, lower-cased. It only identifies a key and is never a fact: everything else is read from Azure
 * (invariant `a-trigger-carries-an-id`). Each signal is a reason to look; `newVersion` only for a key that is in use.
 */
export type Signal = {
  readonly kind: 'signal';
  readonly about: 'validity' | 'newVersion';
  /** ARM resource id of the vault. */
  readonly vaultId: string;
  readonly vaultName: string;
  readonly keyName: string;
  readonly version?: string;
  /** Host of the data plane of the vault, where the event has the key identifier. */
  readonly host?: string;
};

/** A vault whose access policies or permission model were changed. The event does not say which of its keys that concerns. */
export type VaultSignal = { readonly kind: 'signal'; readonly about: 'vault'; readonly vaultId: string };

type About = (Signal | VaultSignal)['about'];

/**
 * Key Vault sends events of validity for the current version only, at a time set by the rotation policy, and for disabled keys as
 * well.
 */
const HEARD = new Map<string, About>(
  Object.entries({
    'Microsoft.KeyVault.KeyNearExpiry': 'validity',
    'Microsoft.KeyVault.KeyExpired': 'validity',
    'Microsoft.KeyVault.KeyNewVersionCreated': 'newVersion',
    'Microsoft.KeyVault.VaultAccessPolicyChanged': 'vault',
  } as const satisfies Partial<Record<keyof SystemEventNameToEventData, About>>).map(([type, about]) => [
    type.toLowerCase(),
    about,
  ]),
);
const KEY_URL = /^https:\/\/([a-z0-9-]+)(\.[a-z0-9.-]+)\/keys\/([0-9a-z-]+)(?:\/([0-9a-z]+))?\/?$/;
const NAME = /^[0-9a-z-]{1,127}$/;
const VERSION = /^[0-9a-z]{1,64}$/;

/**
 * Reads one Key Vault event in the Event Grid or the CloudEvents schema. Names of members are compared without case and blanks,
 * since Azure's own examples differ. Members that are not needed (NBF, EXP, times) may have any value.
 */
export const parseKeyVaultEvent = (sent: unknown): Signal | VaultSignal | EventRefusal => {
  const json = soleIn(sent);
  const excess = excessIn(json);
  if (excess !== undefined) return malformed(excess);
  if (isOwnEvent(json)) return ignored(OWN_EVENT);
  const event = looseFields(json);
  const type = looseText(event, 'eventtype', 'type');
  if (type === undefined) return malformed('it has neither eventType nor type');
  const about = HEARD.get(type.toLowerCase());
  if (!about) return ignored(`${type} says nothing about a key`);
  const source = looseText(event, 'topic', 'source');
  const vault = parseResourceId(parseLooseResourceId(source ?? '')?.id ?? '');
  const vaultName = vault?.names[0];
  if (vault?.type !== 'microsoft.keyvault/vaults' || vaultName === undefined)
    return malformed('its topic or source is not the resource id of a vault');
  if (about === 'vault') return { kind: 'signal', about, vaultId: vault.id };
  return namedKey(event, { about, vaultId: vault.id, vaultName });
};

const namedKey = (
  event: ReadonlyMap<string, unknown>,
  vault: Pick<Signal, 'about' | 'vaultId' | 'vaultName'>,
): Signal | EventRefusal => {
  const data = looseFields(soleIn(event.get('data')));
  const [, label, domain, urlName, urlVersion] = KEY_URL.exec(looseText(data, 'id')?.toLowerCase() ?? '') ?? [];
  const claimed = looseText(data, 'vaultname')?.toLowerCase() ?? label ?? vault.vaultName;
  if (claimed !== vault.vaultName || (label ?? claimed) !== claimed)
    return malformed('its data names another vault than its topic or source');
  const keyName = (looseText(data, 'objectname') ?? urlName ?? looseText(event, 'subject'))?.toLowerCase();
  if (keyName === undefined || !NAME.test(keyName)) return malformed('it names no key');
  if ((urlName ?? keyName) !== keyName) return malformed('its data names two different keys');
  const version = (looseText(data, 'version') ?? urlVersion)?.toLowerCase();
  return {
    kind: 'signal',
    ...vault,
    keyName,
    ...(version !== undefined && VERSION.test(version) ? { version } : {}),
    ...(label === undefined || domain === undefined ? {} : { host: `${label}${domain}` }),
  };
};
