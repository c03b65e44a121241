import type { EncryptionSetIdentity, EncryptionSetProperties } from '@azure/arm-compute/models/computeDisk';
import { apiVersion } from '../../remediation/model/api-versions.ts';
import type { ConsumerIdentity } from '../../remediation/model/consumer-identity.ts';
import {
  absent,
  type ConsumerFacts,
  type ConsumerState,
  type PinnedKey,
  present,
  unknown,
} from '../../remediation/model/facts.ts';
import { PROFILES } from '../../remediation/model/profiles.ts';
import { parseResourceId } from '../../remediation/model/resource-id.ts';
import { whyUntold } from '../../remediation/observation/versions-in-use.ts';
import type { Connection } from '../connection/connection.ts';
import type { SystemData } from '../connection/system-data.ts';
import { readInGroup } from '../failure/missing-group.ts';
import type { ArmWrite } from '../http/arm-client.ts';
import { birthOf } from './birth.ts';
import { type ConsumerReading, type ConsumerType, listedOf, stateIn } from './consumer-type.ts';
import { isAnother } from './is-another.ts';
import { pinnedKey, whyNotPinned } from './pinned-key.ts';
import { pagesOf, readList } from './read-list.ts';
import { understood } from './understood.ts';

/** The ARM client reads and writes these sets: `@azure/arm-compute` drops Azure's text where a list is refused. */
const SETS_API = apiVersion('Microsoft.Compute/diskEncryptionSets');

/** `provisioningState` is a set's only state, and it stays Succeeded even when the set's key is lost. */
const STATES: Readonly<Record<string, ConsumerState>> = {
  succeeded: 'ready',
  creating: 'busy',
  updating: 'busy',
  deleting: 'busy',
  migrating: 'busy',
};

/** `DiskEncryptionSet` of DiskRP, as the REST API sends it. */
type SetJson = {
  readonly id?: string;
  readonly name?: string;
  readonly location?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly identity?: EncryptionSetIdentity;
  readonly properties?: EncryptionSetProperties;
  readonly systemData?: SystemData;
};

/** The key URL names the vault. `sourceVault` is not used: it is left out where the vault is in another subscription. */
const pinnedBy = ({ keyUrl }: { readonly keyUrl: string }): PinnedKey | undefined =>
  pinnedKey(PROFILES.diskEncryptionSet.namesVersion, keyUrl);

/** "If an error is present, then auto-key rotation will not be attempted until the error is fixed" (DiskRP). */
const rotationOf = ({ autoKeyRotationError: error, rotationToLatestKeyVersionEnabled }: EncryptionSetProperties) => ({
  toLatest: rotationToLatestKeyVersionEnabled === true,
  ...(error ? { error: { code: error.code ?? 'no code', message: error.message ?? 'no message' } } : {}),
});

/**
 * The identity with which a disk encryption set uses its key: its system-assigned identity if it has one, else its
 * user-assigned one. Azure does not say which one of several it would use.
 */
const identityOfSet = (
  name: string,
  { principalId, type, userAssignedIdentities }: EncryptionSetIdentity = {},
): Pick<ConsumerFacts, 'principalId' | 'identity'> => {
  if (type?.includes('SystemAssigned'))
    return { principalId: principalId ? present(principalId.toLowerCase()) : absent, identity: { kind: 'system' } };
  const [first, ...more] = Object.entries(userAssignedIdentities ?? {});
  if (!first) return { principalId: absent };
  if (more.length > 0)
    return { principalId: unknown(`set ${name} has ${more.length + 1} identities and does not say which one it uses`) };
  const [id, stated] = first;
  return {
    principalId: stated.principalId
      ? present(stated.principalId.toLowerCase())
      : unknown(`set ${name} states no principal of ${id}`),
    identity: { kind: 'user', id: id.toLowerCase() },
  };
};

const factsOf = (set: SetJson, pinned: PinnedKey): ConsumerFacts => {
  const { id = '', identity, location = '', name = '', properties = {}, systemData, tags = {} } = set;
  const { federatedClientId, provisioningState: raw } = properties;
  return {
    id,
    kind: 'diskEncryptionSet',
    name,
    location,
    state: raw ? present({ state: stateIn(STATES, raw), raw }) : unknown(`set ${name} states no provisioningState`),
    pinned,
    ...identityOfSet(name, identity),
    ...birthOf(systemData),
    ...(identity?.tenantId ? { tenantId: identity.tenantId } : {}),
    rotation: rotationOf(properties),
    ...(federatedClientId && federatedClientId !== 'None' ? { federatedClientId } : {}),
    tags,
  };
};

type SetKey = { readonly kid: string; readonly vaultId: string | undefined };

/**
 * The PATCH that gives a disk encryption set a key: another key, or the same one, by which Azure retries a failed
 * rotation. `sourceVault` must be left out where the vault is in another subscription (DiskRP).
 */
export const setKeyWrite = (id: string, { kid: keyUrl, vaultId }: SetKey): ArmWrite => {
  const isNear = parseResourceId(vaultId ?? '')?.subscriptionId === parseResourceId(id)?.subscriptionId;
  const activeKey = { keyUrl, ...(vaultId !== undefined && isNear ? { sourceVault: { id: vaultId } } : {}) };
  return { method: 'PATCH', path: id, apiVersion: SETS_API, body: { properties: { activeKey } } };
};

/** The PATCH that adds this identity to a set: Azure keeps the identities that the PATCH does not name. */
const setIdentityWrite = (
  id: string,
  { type = '', userAssignedIdentities = {} }: EncryptionSetIdentity,
  wanted: ConsumerIdentity,
): ArmWrite => {
  const user = wanted.kind === 'user' ? [wanted.id] : Object.keys(userAssignedIdentities);
  const hasOwn = wanted.kind === 'system' || type.includes('SystemAssigned');
  const types = [...(hasOwn ? ['SystemAssigned'] : []), ...(user.length > 0 ? ['UserAssigned'] : [])];
  const identities = Object.fromEntries(user.map((one) => [one, {}]));
  const identity = { type: types.join(', '), ...(user.length > 0 ? { userAssignedIdentities: identities } : {}) };
  return { method: 'PATCH', path: id, apiVersion: SETS_API, body: { identity } };
};

const reading = (set: SetJson): ConsumerReading => {
  const { id = '', name = '', properties = {} } = set;
  const { activeKey, previousKeys = [] } = properties;
  if (!activeKey) return { kind: 'notEncrypted', id };
  const pinned = pinnedBy(activeKey);
  // A set with one key outside of a vault is still a known consumer of its other key.
  const previous = previousKeys
    .flatMap((one) => pinnedBy(one) ?? [])
    .filter((pinned) => whyUntold({ pinned }) === undefined);
  if (!pinned) {
    const reason = `set ${name} ${whyNotPinned(activeKey.keyUrl)}`;
    return { kind: 'unknown', id, reason, ...(previous.length === 0 && { namesNoKey: true }) };
  }
  const facts = factsOf(set, pinned);
  return {
    kind: 'consumer',
    facts,
    others: previous.map((one) => ({ ...facts, pinned: one, use: 'previous' as const })),
    revalidation: (vaultId) => setKeyWrite(id, { kid: pinned.kid, vaultId }),
    repointing: (_use, to) => setKeyWrite(id, to),
    assigning: (use, wanted) => (isAnother(use, wanted) ? undefined : setIdentityWrite(id, set.identity ?? {}, wanted)),
  };
};

/** Microsoft.Compute/diskEncryptionSets. A list shows everything of a set, so a listing needs no further read. */
export const diskEncryptionSet = ({ arm }: Connection): ConsumerType => ({
  showsAll: true,
  list: (scope) =>
    readList(
      'the disk encryption sets',
      scope,
      () => pagesOf(arm, `${scope.id}/providers/Microsoft.Compute/diskEncryptionSets`, SETS_API),
      (set) => listedOf(understood<SetJson>(set, reading)),
    ),
  read: async (id) => {
    const set = await readInGroup({ what: `disk encryption set ${id}`, scope: id }, async () =>
      (await arm()).get(id, SETS_API),
    );
    if (set.kind === 'absent') return { kind: 'gone', id };
    return set.kind === 'unknown' ? { ...set, id } : understood<SetJson>(set.value, reading);
  },
});
