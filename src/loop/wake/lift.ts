import { causesIn } from '../../remediation/diagnosis/root-causes.ts';
import { asBaseline } from '../../remediation/model/baseline.ts';
import { keyOf } from '../../remediation/model/key-ref.ts';
import { isSame, type NamedTarget, named } from '../../remediation/model/order-target.ts';
import { isSilent } from '../../remediation/policy/policy-rules/after-silence.ts';
import type { KeyState } from '../../store/key-state.ts';
import type { Pause } from '../../store/orders.ts';
import type { Durable, Guardian } from '../guardian.ts';
import { liftedMarkEntry, marksMeant } from '../memory/lifted-marks.ts';
import { PRODUCT_CHAIN } from '../record.ts';
import { coveredOf } from './covered.ts';
import { wakeAll } from './wake-all.ts';

/** An order that is lifted: for which keys it may have been one, and how it is taken away. */
type Lift = {
  readonly waited: readonly KeyState[];
  readonly take: () => Promise<void>;
};

/** Something was to be done, and nothing was: by this order, or by whatever else forbids it. */
const waits = ({ incident, verdict }: KeyState): boolean =>
  incident !== undefined || (verdict?.decision.verdicts.some((one) => one.verdict === 'report') ?? false);

type Waiting = Pick<KeyState, 'keyId' | 'verdict' | 'baseline'>;

/** What of a key was held: the causes that are freed when the order that held them is lifted, as the fuse counts them. */
export const waitingCauses = ({ keyId, verdict, baseline }: Waiting): readonly string[] =>
  verdict?.decision.verdicts.some((one) => one.verdict === 'report')
    ? causesIn(verdict.decision.findings, keyOf(keyId), asBaseline(baseline))
    : [];

/**
 * Takes an order away and wakes at once what waited. What that was is entered first: so many causes are freed in one moment that
 * the fuse must see them together before the first repair. Throws when a key could not be woken; the order is lifted then.
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
 * Lifts these pauses of one scope, and wakes at once what may have waited for them: keys of which the vault or a consumer lies there. A
 * key waits as well where another of its vault is meant.
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
 * Lifts every pause of everything, and the rest after a silence: then no sweep pauses any more, and one begins at once, since
 * nobody knows what broke meanwhile. One call to storage for every thousand rows of keys.
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

/** Keys that wait, and of whose vault some key is meant. */
const waitingIn = (states: readonly KeyState[], target: NamedTarget): readonly KeyState[] => {
  const hosts = new Set(states.filter((state) => coveredOf(state, target)).map(({ keyId }) => keyOf(keyId).host));
  return states.filter((state) => waits(state) && hosts.has(keyOf(state.keyId).host));
};

/** A tag that was seen on what cannot be read any more is taken back with the record; one that can be read is seen again. */
const forgetMarks = async ({ store }: Guardian, states: readonly KeyState[], target: NamedTarget): Promise<void> => {
  for (const { keyId, consumers } of states) {
    const marked = consumers?.marked ?? [];
    const left = marked.filter((id) => !isSame(named(id), target));
    if (left.length < marked.length) await store.consumerIndex.setSeen(keyId, { marked: left });
  }
};

/** A mark that the healthy state of a key holds is taken out of it by an entry, since no row alone may do that. */
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

/** Whether a tag on this target is remembered, which nobody can read now. */
export const isMarkRemembered = async (guardian: Guardian, target: string): Promise<boolean> => {
  const { doNotHealTag } = guardian.settings.policy;
  const meant = named(target);
  return (await readStates(guardian)).some(({ baseline, consumers }) => {
    const healthy = asBaseline(baseline);
    const isMarked = consumers?.marked?.some((id) => isSame(named(id), meant)) ?? false;
    return isMarked || (healthy !== undefined && marksMeant(healthy, target, doNotHealTag).length > 0);
  });
};

/** Lifts every record for this target, and what is remembered of a tag on it. A key waits as well where another of its vault is meant. */
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
