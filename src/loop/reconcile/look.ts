import type { ObserveHints } from '../../azure/observe/observe-request.ts';
import { assess } from '../../remediation/assess.ts';
import { diagnose } from '../../remediation/diagnosis/diagnose.ts';
import type { Baseline } from '../../remediation/model/baseline.ts';
import { type Fact, type KeyObservation, present } from '../../remediation/model/facts.ts';
import { keyOf } from '../../remediation/model/key-ref.ts';
import type { Known } from '../../remediation/model/known.ts';
import type { PolicyRecords } from '../../remediation/model/records.ts';
import { cannotGoOn } from '../../remediation/observation/cannot-go-on.ts';
import type { Decision } from '../../remediation/policy/policy-types.ts';
import type { LedgerRow } from '../../remediation/protocol/ledger.ts';
import type { KeyState } from '../../store/key-state.ts';
import type { Guardian } from '../guardian.ts';
import { knownOf, repairsIn } from '../memory/known.ts';
import { readNeighbours, withNeighbours } from '../step/neighbours.ts';
import { afterRecovery } from './after-recovery.ts';
import { undoneBy } from './undone-by.ts';
import { withVaultRecovery } from './with-vault-recovery.ts';

export type Look = { readonly observation: KeyObservation; readonly decision: Decision };

/** Where the fuse's window begins (ISO 8601): before the open incident, or before now. */
export const windowStart = ({ settings }: Guardian, { incident }: Pick<KeyState, 'incident'>, now: Date): string => {
  const from = incident ? Date.parse(incident.openedAt) : now.getTime();
  return new Date(from - settings.policy.fuse.windowMinutes * 60_000).toISOString();
};

/** A person who wants another version for a consumer has to see which one is current. */
const wantsRepointing = ({ requests }: KeyState): boolean => requests.some(({ step }) => step === 'repointConsumer');

/** Consumers of the baseline that have left the key since, or are gone. */
const formerIds = ({ consumers: known }: KeyState, { consumers }: Baseline): readonly string[] => {
  const present = new Set(known?.consumers.map(({ id }) => id.toLowerCase()));
  return [...new Set(consumers.map(({ id }) => id))].filter((id) => !present.has(id));
};

const harmedIn =
  ({ settings }: Guardian, known: Known): NonNullable<ObserveHints['harmed']> =>
  (seen) =>
    diagnose(seen, new Date(), settings.remediation, known).flatMap(({ harm }) =>
      harm.flatMap(({ consumerId, level }) => (level === 'none' ? [] : [consumerId])),
    );

const hintsIn = (guardian: Guardian, state: KeyState, known: Known): ObserveHints => ({
  ...(state.consumers && { consumerIds: state.consumers.consumers.map(({ id }) => id) }),
  ...(known.baseline && { vaultId: known.baseline.vault.id, formerIds: formerIds(state, known.baseline) }),
  // A server goes on for minutes after its identity was deleted, and keeps the access of one that is no more.
  identities: 'asked',
  machines: 'asked',
  wantsCurrent: (versions) => wantsRepointing(state) || cannotGoOn(versions, guardian.settings.remediation, new Date()),
  harmed: harmedIn(guardian, known),
});

/** The records with what the chain tells of repairs, and who undoes them where they are done again and again. */
const withRepairs = async (
  guardian: Guardian,
  records: Fact<PolicyRecords>,
  observation: KeyObservation,
  chain: readonly LedgerRow[],
): Promise<Fact<PolicyRecords>> => {
  if (records.kind !== 'present') return records;
  const repairs = repairsIn(chain, new Date());
  return present({ ...records.value, repairs, ...(await undoneBy(guardian, observation, repairs, chain)) });
};

/**
 * Looks at one key and decides; writes nothing. `state` and `chain`, the key's rows and its ledger, were read before: what
 * they hold is older than what is seen.
 */
export const look = async (guardian: Guardian, state: KeyState, chain: readonly LedgerRow[]): Promise<Look> => {
  const now = new Date();
  const known = await withVaultRecovery(guardian, knownOf(state, chain), now);
  const [seen, records] = await Promise.all([
    guardian.azure.observeKey(keyOf(state.keyId), hintsIn(guardian, state, known)),
    guardian.store.records.policyRecords(state, windowStart(guardian, state, now), now.toISOString()),
  ]);
  const observation = { ...seen, ...(await afterRecovery(guardian, seen, known, chain)) };
  const rested = await withRepairs(guardian, records, observation, chain);
  const decided = (by: Fact<PolicyRecords>): Decision => assess(observation, by, guardian.settings, new Date(), known);
  const alone = decided(rested);
  const neighbours = await readNeighbours(guardian, state.keyId, alone.plan.steps);
  const decision = neighbours.kind === 'absent' ? alone : decided(withNeighbours(rested, neighbours));
  return { observation, decision };
};

/** The same for a door, which has read nothing yet but the key's rows. */
export const lookNow = async (guardian: Guardian, state: KeyState): Promise<Look> =>
  look(guardian, state, await guardian.store.ledger.read(state.keyId));
