import {
  type Access,
  type ConsumerFacts,
  type Fact,
  type KeyObservation,
  type KeyVersionFacts,
  type PinnedKey,
  present,
  type UnstatedVersion,
  type VaultFacts,
} from '../../src/remediation/model/facts.ts';
import type { KeyRef } from '../../src/remediation/model/key-ref.ts';

export const NOW = new Date('2026-11-22T12:00:00Z');
export const KEY: KeyRef = { host: 'contoso.vault.azure.net', name: 'mysql-cmk' };
export const V1 = '11111111111111111111111111111111';
export const V2 = '22222222222222222222222222222222';
export const GROUP = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/data';

/** The moment so many days after `NOW` (before it, where negative), ISO 8601. */
export const inDays = (days: number): string => new Date(NOW.getTime() + days * 86_400_000).toISOString();

export const kidOf = (version: string): string => `https://${KEY.host}/keys/${KEY.name}/${version}`;

export const aVault = (changes: Partial<VaultFacts> = {}): VaultFacts => ({
  id: `${GROUP}/providers/Microsoft.KeyVault/vaults/contoso`,
  name: 'contoso',
  uri: `https://${KEY.host}/`,
  location: 'koreacentral',
  tenantId: '00000000-0000-0000-0000-0000000000aa',
  permissionModel: 'accessPolicies',
  network: {
    publicNetworkAccess: 'Enabled',
    defaultAction: 'Deny',
    bypass: 'AzureServices',
    ipRules: [],
    virtualNetworkRules: [],
  },
  accessPolicies: [],
  softDelete: { enabled: true, retentionDays: 90, purgeProtection: true },
  privateEndpoints: 0,
  provisioningState: 'Succeeded',
  tags: {},
  ...changes,
});

/** A version that never expires, made half a year ago. */
export const aVersion = (version: string = V1, changes: Partial<KeyVersionFacts> = {}): KeyVersionFacts => ({
  kid: kidOf(version),
  version,
  enabled: true,
  createdOn: inDays(-180),
  updatedOn: inDays(-180),
  keyType: 'RSA',
  keySize: 2048,
  recoveryLevel: 'Recoverable',
  tags: {},
  ...changes,
});

/**
 * A version that Azure does not state, with the documented lag, if there is one: the consumer really uses the current version.
 */
export const unstated = (lag?: string): UnstatedVersion => ({
  kind: 'unknown',
  reason: 'it names no version',
  ...(lag !== undefined && { lag }),
});

/** `version`: the version in its key identifier; `unstated(…)` where that names none. */
type ConsumerChanges = Partial<Omit<ConsumerFacts, 'pinned'>> & { readonly version?: string | UnstatedVersion };

const pinning = (version: string | UnstatedVersion): PinnedKey => ({
  key: KEY,
  version,
  kid: typeof version === 'string' ? kidOf(version) : `https://${KEY.host}/keys/${KEY.name}`,
});

const aConsumer = (facts: Pick<ConsumerFacts, 'id' | 'kind' | 'name'>, changes: ConsumerChanges): ConsumerFacts => {
  const { version = V1, ...others } = changes;
  return {
    ...facts,
    location: 'koreacentral',
    state: present({ state: 'ready', raw: 'Ready' }),
    pinned: pinning(version),
    principalId: present('00000000-0000-0000-0000-0000000000b1'),
    tags: {},
    ...others,
  };
};

/** A single server that is ready and pins the first version. */
export const aSingleServer = (name = 'orders', changes: ConsumerChanges = {}): ConsumerFacts =>
  aConsumer(
    { id: `${GROUP}/providers/Microsoft.DBforMySQL/servers/${name}`, kind: 'mysqlSingleServer', name },
    changes,
  );

/** A flexible server that is ready and pins the first version. */
export const aFlexibleServer = (name = 'billing', changes: ConsumerChanges = {}): ConsumerFacts =>
  aConsumer(
    { id: `${GROUP}/providers/Microsoft.DBforMySQL/flexibleServers/${name}`, kind: 'mysqlFlexibleServer', name },
    changes,
  );

/** A disk encryption set, which shows only that no operation is running on it. */
export const aDiskEncryptionSet = (name = 'disks', changes: ConsumerChanges = {}): ConsumerFacts =>
  aConsumer(
    { id: `${GROUP}/providers/Microsoft.Compute/diskEncryptionSets/${name}`, kind: 'diskEncryptionSet', name },
    { state: present({ state: 'ready', raw: 'Succeeded' }), ...changes },
  );

/** The key's current version, and each version that was current before until so many days from now (ago, where negative). */
export const rotated = (
  current: KeyVersionFacts,
  ...before: readonly (readonly [version: string, untilInDays: number])[]
): Pick<KeyObservation, 'current' | 'superseded'> => ({
  current: present(current),
  superseded: present(before.map(([version, days]) => ({ version, at: inDays(days) }))),
});

/** The permissions of each principal on the key. */
export const withAccess = (
  access: Readonly<Record<string, Access | Fact<Access>>>,
): Pick<KeyObservation, 'access'> => ({
  access: Object.fromEntries(
    Object.entries(access).map(([principal, one]) => [principal, 'kind' in one ? one : present(one)]),
  ),
});

export const inaccessible: ConsumerFacts['state'] = present({ state: 'inaccessible', raw: 'Inaccessible' });

/** An observation of the key: these versions, these consumers, and a healthy vault. */
export const anObservation = (
  versions: readonly (KeyVersionFacts | readonly [version: string, fact: Fact<KeyVersionFacts>])[],
  consumers: readonly ConsumerFacts[],
  changes: Partial<KeyObservation> = {},
): KeyObservation => ({
  key: KEY,
  observedAt: NOW.toISOString(),
  vault: present(aVault()),
  versions: Object.fromEntries(
    versions.map((entry) => ('kid' in entry ? [entry.version, present(entry)] : [entry[0], entry[1]])),
  ),
  consumers: present(consumers),
  ...changes,
});
