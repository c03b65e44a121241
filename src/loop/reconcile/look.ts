import type { ObserveHints } from '../../azure/observe/observe-request.ts';
import { assess } from '../../remediation/assess.ts';
import { diagnose } from '../../remediation/diagnosis/diagnose.ts';
import { type Baseline, recordedVersions } from '../../remediation/model/baseline.ts';
import { type Fact, type KeyObservation, present, unknown } from '../../remediation/model/facts.ts';
import { keyOf } from '../../remediation/model/key-ref.ts';
import type { Known, Sighting } from '../../remediation/model/known.ts';
import type { PolicyRecords } from '../../remediation/model/records.ts';
import {
  believedAt,
  type MissedSince,
  stillMissed,
  withoutHastyAbsence,
} from '../../remediation/observation/believed-absence.ts';
import { cannotGoOn } from '../../remediation/observation/cannot-go-on.ts';
import type { Decision } from '../../remediation/policy/policy-types.ts';
import { type InAuto, inAutoOf } from '../../remediation/policy/would-have.ts';
import { withoutUsed } from '../../remediation/protocol/approval.ts';
import { type Believed, provenIn } from '../../remediation/protocol/believe.ts';
import { ofKnown } from '../../remediation/trust/lineage.ts';
import { sightingOf } from '../../remediation/trust/sighting.ts';
import type { KeyState } from '../../store/key-state.ts';
import type { Guardian } from '../guardian.ts';
import { isOfNobody } from '../memory/in-vain.ts';
import { type Kept, readKept } from '../memory/kept.ts';
import { knownOf, repairsIn } from '../memory/known.ts';
import { withLiftedMarks } from '../memory/lifted-marks.ts';
import { withVaultMoves } from '../memory/vault-moves.ts';
import { readOtherKeysInVault, withOtherKeysInVault } from '../step/other-keys-in-vault.ts';
import { afterRecovery } from './after-recovery.ts';
import { undoneBy } from './undone-by.ts';
import { withVaultRecovery } from './with-vault-recovery.ts';

const withoutPause = (known: KeyState['consumers']): KeyState['consumers'] => known && { ...known, inVain: undefined };

export type KeyLook = {
  readonly observation: KeyObservation;
  readonly decision: Decision;
  /** The known facts beside the observation. */
  readonly known: Known;
  /** Since when a resource is missing without any statement of Azure about its end. */
  readonly missed: MissedSince;
  /** The fault of the key's chain, in a sentence; then no step may run. */
  readonly broken?: string;
  /** The principals with and without a right, as far as the ledger does not hold them yet. */
  readonly sighting?: Omit<Sighting, 'at'>;
  /** What mode auto would do now, where another mode is set and there is a step to decide on. */
  readonly inAuto?: InAuto;
};

/** The begin of the fuse's window (ISO 8601): counted back from the opening of the incident, or from now. */
export const windowStart = ({ settings }: Guardian, { incident }: Pick<KeyState, 'incident'>, now: Date): string => {
  const from = incident ? Date.parse(incident.openedAt) : now.getTime();
  return new Date(from - settings.policy.fuse.windowMinutes * 60_000).toISOString();
};

/** A person who wants another version for a consumer must see which version is current. */
const wantsRepointing = ({ requests }: KeyState): boolean => requests.some(({ step }) => step === 'repointConsumer');

/** Where Azure refuses to extend the pinned version, the repair needs the newer version. */
const mayNotExtend = ({ attempts, incident }: KeyState): boolean =>
  attempts.some((one) => one.step === 'extendKeyExpiry' && one.cure === 'change' && one.incident === incident?.id);

/** Consumers of the baseline that have left the key since, or are gone. */
const formerIds = ({ consumers: known }: KeyState, { consumers }: Baseline): readonly string[] => {
  const present = new Set(known?.consumers.map(({ id }) => id.toLowerCase()));
  return [...new Set(consumers.map(({ id }) => id))].filter((id) => !present.has(id));
};

const affectedIn =
  ({ settings }: Guardian, known: Known): NonNullable<ObserveHints['affected']> =>
  (seen) =>
    diagnose(seen, new Date(), settings.remediation, known).flatMap(({ harm }) =>
      harm.flatMap(({ consumerId, level }) => (level === 'none' ? [] : [consumerId])),
    );

/** No repair follows for a key that was never seen healthy and of which the looks learn nothing: the cheap lists suffice. */
const hintsOfNobody = ({ consumers }: KeyState): ObserveHints => ({
  consumers: consumers?.consumers ?? [],
  around: 'asked',
});

const hintsIn = (guardian: Guardian, state: KeyState, known: Known): ObserveHints => ({
  ...(state.consumers && {
    consumerIds: state.consumers.consumers.map(({ id }) => id),
    lastSeen: state.consumers.consumers,
  }),
  ...(known.baseline && {
    vaultId: known.baseline.vault.id,
    principals: known.baseline.consumers.map(({ principalId }) => principalId),
    recordedVersions: [...recordedVersions(known.baseline).keys()],
    formerIds: formerIds(state, known.baseline),
  }),
  // A server runs on for minutes after its identity was deleted, and keeps the access of the deleted identity.
  identities: 'asked',
  machines: 'asked',
  wantsCurrent: (versions) =>
    wantsRepointing(state) || mayNotExtend(state) || cannotGoOn(versions, guardian.settings.remediation, new Date()),
  affected: affectedIn(guardian, known),
});

/**
 * The records, with the repairs from the chain and, where a repair is done again and again, who undoes it. A step that
 * the chain shows as done has used its approval up, even if the approval's row says otherwise. With a broken chain no
 * step may act.
 */
const withChain = async (
  guardian: Guardian,
  records: Fact<PolicyRecords>,
  believed: Believed,
  decided: (by: Fact<PolicyRecords>) => Decision,
): Promise<Fact<PolicyRecords>> => {
  if (believed.kind === 'broken') return unknown(`the ledger of this key is not intact: ${believed.fault}`);
  if (records.kind !== 'present') return records;
  const repairs = repairsIn(believed.proven, new Date());
  const approvals = withoutUsed(records.value.approvals, believed.entered);
  const rested = { ...records.value, approvals, repairs };
  if (repairs.length === 0) return present(rested);
  const { steps } = decided(present(rested)).plan;
  return present({ ...rested, ...(await undoneBy(guardian, steps, repairs, believed.entered, new Date())) });
};

/**
 * Adds the doubts to the notes. A healthy key with a broken chain becomes a report: none of its stored data counts, and
 * people must know.
 */
const doubted = (decision: Decision, doubts: readonly string[], { kind }: Believed): Decision => ({
  ...decision,
  ...(kind === 'broken' && decision.kind === 'healthy' && { kind: 'report' }),
  notes: [...decision.notes, ...doubts],
});

/**
 * Sets the next look to the time when a missing resource may be believed gone, if the key was seen healthy before. A
 * person who can create consumers can name any key and any identity: for a key that was never seen healthy the next
 * sweep is soon enough.
 */
const lookingAgain = (decision: Decision, seen: KeyObservation, missed: MissedSince, known: Known): Decision => {
  const believed = known.baseline && believedAt(ofKnown(seen, known), missed);
  const at = [decision.lookAgainAt ?? [], believed ?? []].flat().sort()[0];
  return at === undefined ? decision : { ...decision, lookAgainAt: at };
};

/** What mode auto would decide with the same facts and the same records. */
const inAutoFor = (
  { policy }: Guardian['settings'],
  { plan, findings }: Decision,
  decidedInAuto: () => Decision,
): { inAuto?: InAuto } => {
  if (policy.mode === 'auto' || plan.steps.length === 0) return {};
  const inAuto = inAutoOf(decidedInAuto().verdicts, findings);
  return inAuto ? { inAuto } : {};
};

/**
 * Looks at one key and decides; writes nothing. The stored data is read before Azure, so it is older than the
 * observation, except where lists may be up to a minute old.
 */
export const look = async (
  guardian: Guardian,
  { state, believed, doubts }: Kept,
  mayBe: Pick<ObserveHints, 'listed'> = {},
): Promise<KeyLook> => {
  const now = new Date();
  const proven = provenIn(believed);
  const kept = await withVaultRecovery(guardian, knownOf(state, proven), now);
  const [seen, records] = await Promise.all([
    guardian.azure.observeKey(
      keyOf(state.keyId),
      isOfNobody(state) ? hintsOfNobody(state) : { ...hintsIn(guardian, state, kept), ...mayBe },
    ),
    guardian.store.records.policyRecords(state, windowStart(guardian, state, now), now.toISOString()),
  ]);
  const missed = stillMissed(seen, state.consumers?.missed ?? {});
  const credible = withoutHastyAbsence(seen, missed);
  const known = await withLiftedMarks(guardian, await withVaultMoves(guardian, kept, credible), credible);
  const observation = { ...credible, ...(await afterRecovery(guardian, credible, known, proven)) };
  const { settings } = guardian;
  const decided = (by: Fact<PolicyRecords>, mode = settings.policy.mode): Decision =>
    assess(observation, by, { ...settings, policy: { ...settings.policy, mode } }, new Date(), known);
  const rested = await withChain(guardian, records, believed, decided);
  const alone = decided(rested);
  const otherKeysInVault = await readOtherKeysInVault(guardian, state.keyId, alone.plan.steps);
  const all = withOtherKeysInVault(rested, otherKeysInVault);
  const decision = otherKeysInVault.kind === 'absent' ? alone : decided(all);
  const broken = believed.kind === 'broken' ? { broken: believed.fault } : {};
  const sighting = sightingOf(observation, known);
  return {
    observation,
    decision: lookingAgain(doubted(decision, doubts, believed), seen, missed, known),
    known,
    missed,
    ...broken,
    ...(sighting && { sighting }),
    ...inAutoFor(settings, decision, () => decided(all, 'auto')),
  };
};

/** A look for an HTTP route, which has read only the key's rows so far. A person asks, so everything else is read anew. */
export const lookNow = async (guardian: Guardian, stored: KeyState): Promise<KeyLook> =>
  look(guardian, await readKept(guardian, { ...stored, consumers: withoutPause(stored.consumers) }));
