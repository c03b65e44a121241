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
  /** What was known beside what is seen. */
  readonly known: Known;
  /** Since when something is missed of which no word of Azure says what became of it. */
  readonly missed: MissedSince;
  /** What is wrong with the key's chain, in a sentence; then nothing may act. */
  readonly broken?: string;
  /** What the ledger does not hold yet of who has which right. */
  readonly sighting?: Omit<Sighting, 'at'>;
  /** What mode auto would do now, where the mode is another and there is a step to decide on. */
  readonly inAuto?: InAuto;
};

/** Where the fuse's window begins (ISO 8601): before the open incident, or before now. */
export const windowStart = ({ settings }: Guardian, { incident }: Pick<KeyState, 'incident'>, now: Date): string => {
  const from = incident ? Date.parse(incident.openedAt) : now.getTime();
  return new Date(from - settings.policy.fuse.windowMinutes * 60_000).toISOString();
};

/** A person who wants another version for a consumer has to see which one is current. */
const wantsRepointing = ({ requests }: KeyState): boolean => requests.some(({ step }) => step === 'repointConsumer');

/** What goes on with a newer version where Azure does not let its own be extended. */
const mayNotExtend = ({ attempts, incident }: KeyState): boolean =>
  attempts.some((one) => one.step === 'extendKeyExpiry' && one.cure === 'change' && one.incident === incident?.id);

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

/** Of a key that nobody was ever seen to use in health, and of which nothing is learnt, no repair comes: lists will do. */
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
  // A server goes on for minutes after its identity was deleted, and keeps the access of one that is no more.
  identities: 'asked',
  machines: 'asked',
  wantsCurrent: (versions) =>
    wantsRepointing(state) || mayNotExtend(state) || cannotGoOn(versions, guardian.settings.remediation, new Date()),
  harmed: harmedIn(guardian, known),
});

/**
 * The records with what the chain tells of repairs, and who undoes them where they are done again and again. A step that it
 * tells to be done has used its approval up, whatever the approval's row says. Where it is broken nothing may act.
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

/** A key that is well in a world that is not: nothing of what is kept of it counts, and people must know. */
const doubted = (decision: Decision, doubts: readonly string[], { kind }: Believed): Decision => ({
  ...decision,
  ...(kind === 'broken' && decision.kind === 'healthy' && { kind: 'report' }),
  notes: [...decision.notes, ...doubts],
});

/**
 * What was well and is missed is looked at again when it may be believed gone. Whoever may create a consumer can name any key and any
 * identity: of what was never seen well the next sweep is soon enough.
 */
const lookingAgain = (decision: Decision, seen: KeyObservation, missed: MissedSince, known: Known): Decision => {
  const believed = known.baseline && believedAt(ofKnown(seen, known), missed);
  const at = [decision.lookAgainAt ?? [], believed ?? []].flat().sort()[0];
  return at === undefined ? decision : { ...decision, lookAgainAt: at };
};

/** What mode auto would decide by the same facts and the same records. */
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
 * Looks at one key and decides; writes nothing. What is kept of the key was read before: what it holds is older than what is
 * seen, but where lists may be of a minute ago.
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

/** The same for a door, which has read nothing yet but the key's rows: a person asks, so that everything is read anew. */
export const lookNow = async (guardian: Guardian, stored: KeyState): Promise<KeyLook> =>
  look(guardian, await readKept(guardian, { ...stored, consumers: withoutPause(stored.consumers) }));
