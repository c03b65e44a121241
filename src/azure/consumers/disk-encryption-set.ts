import type { EncryptionSetIdentity, EncryptionSetProperties } from '@azure/arm-compute/models/computeDisk';
import {
  type ConsumerFacts,
  type ConsumerState,
  type PinnedKey,
  present,
  unknown,
} from '../../remediation/model/facts.ts';
import { PROFILES } from '../../remediation/model/profiles.ts';
import type { Connection } from '../connection/connection.ts';
import { readFact } from '../failure/read-fact.ts';
import { type ConsumerReading, type ConsumerType, stateIn } from './consumer-type.ts';
import { identityOfSet } from './identity-of-set.ts';
import { isAnother } from './is-another.ts';
import { pinnedKey } from './pinned-key.ts';
import { readList } from './read-list.ts';
import { setIdentityWrite } from './set-identity-write.ts';
import { SETS_API, setKeyWrite } from './set-key-write.ts';

/** `provisioningState`: a set has no other state, and that one stays Succeeded whatever becomes of its key. */
const STATES: Readonly<Record<string, ConsumerState>> = {
  succeeded: 'ready',
  creating: 'busy',
  updating: 'busy',
  deleting: 'busy',
  migrating: 'busy',
};

/** `DiskEncryptionSet` of DiskRP, as it comes over the wire. */
type SetJson = {
  readonly id?: string;
  readonly name?: string;
  readonly location?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly identity?: EncryptionSetIdentity;
  readonly properties?: EncryptionSetProperties;
};

/** The vault is where the key is, never `sourceVault`, which is left out where the vault is in another subscription. */
const pinnedBy = ({ keyUrl }: { readonly keyUrl: string }): PinnedKey | undefined =>
  pinnedKey(PROFILES.diskEncryptionSet.namesVersion, keyUrl);

/** "If an error is present, then auto-key rotation will not be attempted until the error is fixed" (DiskRP). */
const rotationOf = ({ autoKeyRotationError: error, rotationToLatestKeyVersionEnabled }: EncryptionSetProperties) => ({
  toLatest: rotationToLatestKeyVersionEnabled === true,
  ...(error ? { error: { code: error.code ?? 'no code', message: error.message ?? 'no message' } } : {}),
});

const factsOf = (set: SetJson, pinned: PinnedKey): ConsumerFacts => {
  const { id = '', identity, location = '', name = '', properties = {}, tags = {} } = set;
  const { federatedClientId, provisioningState: raw } = properties;
  return {
    id,
    kind: 'diskEncryptionSet',
    name,
    location,
    state: raw ? present({ state: stateIn(STATES, raw), raw }) : unknown(`set ${name} states no provisioningState`),
    pinned,
    ...identityOfSet(name, identity),
    ...(identity?.tenantId ? { tenantId: identity.tenantId } : {}),
    rotation: rotationOf(properties),
    ...(federatedClientId && federatedClientId !== 'None' ? { federatedClientId } : {}),
    tags,
  };
};

const reading = (set: SetJson): ConsumerReading => {
  const { id = '', name = '', properties = {} } = set;
  const { activeKey, previousKeys = [] } = properties;
  if (!activeKey) return { kind: 'notEncrypted', id };
  const pinned = pinnedBy(activeKey);
  const previous = previousKeys.map(pinnedBy);
  if (!pinned || previous.includes(undefined))
    return { kind: 'unknown', id, reason: `set ${name} names a key without its version` };
  const facts = factsOf(set, pinned);
  return {
    kind: 'consumer',
    facts,
    others: previous.flatMap((one) => (one ? [{ ...facts, pinned: one, use: 'previous' as const }] : [])),
    revalidation: setKeyWrite(id, { kid: pinned.kid, vaultId: activeKey.sourceVault?.id }),
    repointing: (_use, to) => setKeyWrite(id, to),
    assigning: (use, wanted) => (isAnother(use, wanted) ? undefined : setIdentityWrite(id, set.identity ?? {}, wanted)),
  };
};

/** Microsoft.Compute/diskEncryptionSets. A list shows all of a set, so that listing needs no further read. */
export const diskEncryptionSet = ({ arm }: Connection): ConsumerType => ({
  list: async (scope) => {
    const listed = await readList('the disk encryption sets', scope, async () =>
      (await arm()).list(`${scope.id}/providers/Microsoft.Compute/diskEncryptionSets`, SETS_API),
    );
    return listed.kind === 'present' ? present(listed.value.map((set) => reading(set as SetJson))) : listed;
  },
  read: async (id) => {
    const set = await readFact({ what: `disk encryption set ${id}`, scope: id }, async () =>
      (await arm()).get(id, SETS_API),
    );
    if (set.kind === 'absent') return { kind: 'gone', id };
    return set.kind === 'unknown' ? { ...set, id } : reading(set.value as SetJson);
  },
});
