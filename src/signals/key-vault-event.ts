import { looseFields, looseText } from './loose-fields.ts';
import { parseResourceId } from './resource-id.ts';

/** What an event names, lower-cased. It is an identifier, never a fact: everything else is read from Azure. */
export type Signal = {
  readonly kind: 'signal';
  /** ARM resource id of the vault. */
  readonly vaultId: string;
  readonly vaultName: string;
  readonly keyName: string;
  readonly version?: string;
  /** Host of the vault's data plane, where the event carries the key's identifier. */
  readonly host?: string;
};

/** `ignored`: an event that is not about a key's validity. `malformed`: one that names nothing we can trust. */
export type Refusal = { readonly kind: 'ignored' | 'malformed'; readonly why: string };

/** Key Vault raises them for the current version only, at a time set by the rotation policy, for disabled keys as well. */
const HEARD = ['microsoft.keyvault.keynearexpiry', 'microsoft.keyvault.keyexpired'];
const KEY_URL = /^https:\/\/([a-z0-9-]+)(\.[a-z0-9.-]+)\/keys\/([0-9a-z-]+)(?:\/([0-9a-z]+))?\/?$/;
const NAME = /^[0-9a-z-]{1,127}$/;
const VERSION = /^[0-9a-z]{1,64}$/;

/**
 * Reads one Key Vault event in the Event Grid or the CloudEvents schema. Names of members are compared without case and
 * blanks, since Azure's own examples disagree on them; what is not needed (NBF, EXP, times) may be anything.
 */
export const parseKeyVaultEvent = (json: unknown): Signal | Refusal => {
  const event = looseFields(json);
  const type = looseText(event, 'eventtype', 'type');
  if (type === undefined) return malformed('it has neither eventType nor type');
  if (!HEARD.includes(type.toLowerCase()))
    return { kind: 'ignored', why: `${type} says nothing about the expiry of a key` };
  const source = looseText(event, 'topic', 'source');
  const vault = parseResourceId(source ?? '');
  const vaultName = vault?.names[0];
  if (vault?.type !== 'microsoft.keyvault/vaults' || vaultName === undefined)
    return malformed('its topic or source is not the resource id of a vault');
  return namedKey(event, { vaultId: vault.id, vaultName });
};

const namedKey = (
  event: ReadonlyMap<string, unknown>,
  vault: { readonly vaultId: string; readonly vaultName: string },
): Signal | Refusal => {
  const data = looseFields(event.get('data'));
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

const malformed = (why: string): Refusal => ({ kind: 'malformed', why: `The event is not understood: ${why}.` });
