import { causesIn } from '../../remediation/diagnosis/root-causes.ts';
import { asBaseline } from '../../remediation/model/baseline.ts';
import { keyOf } from '../../remediation/model/key-ref.ts';
import { isSame, type NamedTarget, named } from '../../remediation/model/override-target.ts';
import { isSilent } from '../../remediation/policy/policy-rules/after-silence.ts';
import type { KeyState } from '../../store/key-state.ts';
import type { Pause } from '../../store/overrides.ts';
import type { Durable, Guardian } from '../guardian.ts';
import { liftedMarkEntry, marksMeant } from '../memory/lifted-marks.ts';
import { PRODUCT_CHAIN } from '../record.ts';
import { coveredOf } from './covered.ts';
import { wakeAll } from './wake-all.ts';

/** An override that is lifted: the keys that it may have held back, and the function that removes it. */
type Lift = {
  readonly waited: readonly KeyState[];
  readonly take: () => Promise<void>;
};

/** A step was needed and did not run, because of this override or for any other reason. */
const waits = ({ incident, verdict }: KeyState): boolean =>
  incident !== undefined || (verdict?.decision.verdicts.some((one) => one.verdict === 'report') ?? false);

type Waiting = Pick<KeyState, 'keyId' | 'verdict' | 'baseline'>;

/** The causes that become free when the override on a key is lifted, in the form that the fuse counts. */
export const waitingCauses = ({ keyId, verdict, baseline }: Waiting): readonly string[] =>
  verdict?.decision.verdicts.some((one) => one.verdict === 'report')
    ? causesIn(verdict.decision.findings, keyOf(keyId), asBaseline(baseline))
    : [];

/**
 * Removes an override and wakes the keys that waited. The causes of all these keys are recorded first: they become free in
 * one moment, and the fuse must see them together before the first repair. Throws when a key could not be woken; the
 * override is lifted in that case too.
 */
const lift = async ({ store }: Guardian, durable: Durable, { waited, take }: Lift): Promise<void> => {
  const at = new Date().toISOString();
  await store.records.rememberLifted(waited.flatMap(waitingCauses).map((cause) => ({ cause, at })));
  await take();
  await wakeAll(
    durable,
    waited.map(({ keyId }) => keyOf(keyId)),
  );
};

const readStates = async ({ store }: Guardian): Promise<readonly KeyState[]> => Array.fromAsync(store.keyRows.list());

/**
 * Lifts the given pauses of one scope, and wakes the keys that may have waited for them: the keys whose vault or
 * consumer is in the scope. A key also waits where the override means another key of its vault.
 */
export const liftScopedPauses = async (
  guardian: Guardian,
  durable: Durable,
  scope: string,
  which: readonly Pause[],
): Promise<void> => {
  const waited = waitingIn(await readStates(guardian), named(scope));
  await lift(guardian, durable, { waited, take: () => guardian.store.records.resume(which) });
};

/**
 * Lifts every pause of the whole product, including the automatic pause after a silence, so that no sweep pauses the
 * product any more. A sweep begins at once, since faults of the meantime are unknown. One call to storage for every
 * thousand rows of keys.
 */
export const liftPause = async (guardian: Guardian, durable: Durable): Promise<void> => {
  const { records } = guardian.store;
  const now = new Date();
  const rests = isSilent(await records.inForce(now.toISOString()), guardian.settings.policy, now);
  const waited = (await readStates(guardian)).filter(waits);
  const take = async (): Promise<void> => {
    if (rests) await records.liftRest(now.toISOString());
    await records.resume();
  };
  await lift(guardian, durable, { waited, take });
  if (rests) await durable.start('sweep');
};

/** Keys that wait, and whose vault holds a key that the target means. */
const waitingIn = (states: readonly KeyState[], target: NamedTarget): readonly KeyState[] => {
  const hosts = new Set(states.filter((state) => coveredOf(state, target)).map(({ keyId }) => keyOf(keyId).host));
  return states.filter((state) => waits(state) && hosts.has(keyOf(state.keyId).host));
};

/**
 * A recorded tag on a resource that cannot be read any more is forgotten with the record. A tag that can be read will
 * be seen again.
 */
const forgetMarks = async ({ store }: Guardian, states: readonly KeyState[], target: NamedTarget): Promise<void> => {
  for (const { keyId, consumers } of states) {
    const marked = consumers?.marked ?? [];
    const left = marked.filter((id) => !isSame(named(id), target));
    if (left.length < marked.length) await store.consumerIndex.setSeen(keyId, { marked: left });
  }
};

/** A mark in the baseline of a key is removed by a ledger entry, since no row alone may change a baseline. */
const liftKnownMarks = async (
  { store, settings }: Guardian,
  states: readonly KeyState[],
  target: string,
): Promise<void> => {
  const at = new Date().toISOString();
  const kids = states.flatMap(({ baseline }) => {
    const healthy = asBaseline(baseline);
    return healthy === undefined ? [] : marksMeant(healthy, target, settings.policy.doNotHealTag);
  });
  if (kids.length === 0) return;
  const entries = kids.map((kid) => liftedMarkEntry(kid, at));
  await store.ledger.append(PRODUCT_CHAIN, await store.ledger.head(PRODUCT_CHAIN), entries);
};

/** Whether a tag on this target is recorded that cannot be read now. */
export const isMarkRemembered = async (guardian: Guardian, target: string): Promise<boolean> => {
  const { doNotHealTag } = guardian.settings.policy;
  const meant = named(target);
  return (await readStates(guardian)).some(({ baseline, consumers }) => {
    const healthy = asBaseline(baseline);
    const isMarked = consumers?.marked?.some((id) => isSame(named(id), meant)) ?? false;
    return isMarked || (healthy !== undefined && marksMeant(healthy, target, doNotHealTag).length > 0);
  });
};

/**
 * Lifts every do-not-heal record for this target, and the recorded tags on it. A key also waits where the record means
 * another key of its vault.
 */
export const liftDoNotHeal = async (guardian: Guardian, durable: Durable, target: string): Promise<void> => {
  const states = await readStates(guardian);
  const lifted = named(target);
  const waited = waitingIn(states, lifted);
  const take = async (): Promise<void> => {
    await guardian.store.records.allowHealing(target);
    await forgetMarks(guardian, states, lifted);
    await liftKnownMarks(guardian, states, target);
  };
  await lift(guardian, durable, { waited, take });
};
