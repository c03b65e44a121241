import { type KeyRef, keyId, keyInstanceId } from '../../remediation/model/key-ref.ts';
import { generationId, type Lifetime, lifeOf, type SeenInstance } from '../../remediation/protocol/lifetime.ts';
import { FOLLOW_ALERT, RECONCILE_KEY, SINGLETONS, type Singleton } from '../../remediation/protocol/orchestrations.ts';
import { coveredBy } from '../../remediation/protocol/wake.ts';
import { traceparent } from '../../telemetry/trace.ts';
import type { Durable, Guardian, Instances } from '../guardian.ts';
import type { AlertInput, ReconcileInput, Traced, WokenBy } from '../messages.ts';
import { recordOnce } from '../record.ts';
import { type InCompany, openCompany } from './in-company.ts';

export const REPLACED = 'instance replaced';

const lifeNow = (seen: SeenInstance | undefined, lifetime: Lifetime) =>
  seen === undefined ? 'ended' : lifeOf(seen, lifetime, new Date());

/**
 * Gives up an instance that has outlived its time. It is told to end, in case it runs again, and the product's chain
 * names it. Its replacement has the next generation.
 */
const bury = async (guardian: Guardian, instances: Instances, id: string, seen: SeenInstance): Promise<void> => {
  const { status, updatedAt } = seen;
  await instances.terminate(id);
  guardian.log(`${id} is ${status} and has had no turn since ${updatedAt}: another instance takes its place.`);
  await recordOnce(guardian, REPLACED, { instance: id, status, updatedAt });
};

const runningNumber = (input: unknown): number | undefined => {
  const number = (input as Partial<ReconcileInput> | undefined)?.number;
  return typeof number === 'number' ? number : undefined;
};

const STARTS = 3;

const ownSpan = (): Traced => {
  const span = traceparent();
  return span === undefined ? {} : { traceparent: span };
};

/** `raise`: whether the wake-up also ends a pause of the key. `by`: the cause of the wake-up. */
type How = { readonly raise: 'raise' | 'raiseAnew'; readonly by?: WokenBy | undefined };

/**
 * Wakes a key so that an assess begins after this call. Returns the instance id that the HTTP routes show. Throws when
 * it cannot promise the assess: the sender must deliver again (Event Grid does; an HTTP route answers 503).
 */
const wake = async (guardian: Guardian, instances: Instances, key: KeyRef, how: How): Promise<string> => {
  const { keyRows } = guardian.store;
  const { by } = how;
  const raised = await keyRows[how.raise](keyId(key));
  const { number, assessed } = raised;
  if (raised.wasDamaged) await recordOnce(guardian, 'damaged row', { key: keyId(key), row: 'wake-up' });
  let { generation } = raised;
  const input: ReconcileInput = { keyId: keyId(key), number, round: 0, ...(by && { by }), ...ownSpan() };
  for (let start = 1; ; start++) {
    const id = generationId(keyInstanceId(key), generation);
    const failure = await instances.start(RECONCILE_KEY, id, input);
    if (failure === undefined) return keyInstanceId(key);
    const seen = await instances.see(id);
    const life = lifeNow(seen, 'key');
    const running = life === 'alive' ? runningNumber(seen?.input) : undefined;
    if (running !== undefined && coveredBy(running, assessed)) return keyInstanceId(key);
    if (running !== undefined || start === STARTS)
      throw new Error(`${keyId(key)} could not be woken now (${failure}); deliver again`);
    if (seen && life === 'hung') {
      await bury(guardian, instances, id, seen);
      generation = await keyRows.giveUp(keyId(key), generation);
    }
  }
};

/** A storm of events is about few keys: calls that reach one worker at once for one key share a wake-up. */
const companies = new WeakMap<Guardian, InCompany<string>>();

const wakeTogether = (guardian: Guardian, instances: Instances, key: KeyRef, how: How): Promise<string> => {
  const inCompany = companies.get(guardian) ?? openCompany<string>();
  companies.set(guardian, inCompany);
  return inCompany(`${how.raise} ${keyId(key)}`, () => wake(guardian, instances, key, how));
};

/** Starts the only instance of an orchestration with a fixed name; does nothing while it lives. */
const startOne = async (guardian: Guardian, instances: Instances, which: Singleton): Promise<'started' | 'atWork'> => {
  const { singletons } = guardian.store;
  const name = SINGLETONS[which];
  let generation = await singletons.generation(name);
  for (let start = 1; ; start++) {
    const id = generationId(name, generation);
    const failure = await instances.start(name, id);
    if (failure === undefined) return 'started';
    const seen = await instances.see(id);
    const life = lifeNow(seen, 'singleton');
    if (life === 'alive') return 'atWork';
    if (!seen || life === 'ended' || start === STARTS) throw new Error(`${name} could not be started now: ${failure}`);
    await bury(guardian, instances, id, seen);
    generation = await singletons.giveUp(name, generation);
  }
};

/** One instance for one text of one kind of alert: an alert that is delivered twice shares the instance that lives. */
const followAlert = async (guardian: Guardian, instances: Instances, input: AlertInput): Promise<void> => {
  for (let generation = 0; ; generation++) {
    const id = generationId(`alert-${input.kind}-${input.id}`, generation);
    const failure = await instances.start(FOLLOW_ALERT, id, { ...input, ...ownSpan() });
    if (failure === undefined) return;
    const seen = await instances.see(id);
    const life = lifeNow(seen, 'key');
    if (life === 'alive') return;
    if (!seen || life === 'ended' || generation === STARTS)
      throw new Error(`${id} could not be started now: ${failure}`);
    await bury(guardian, instances, id, seen);
  }
};

/** Durable Functions as the loop and the HTTP routes see it. */
export const openDurable = (guardian: Guardian, instances: Instances): Durable => ({
  wake: (key, by) => wakeTogether(guardian, instances, key, { raise: 'raise', by }),
  wakeAnew: (key, by) => wakeTogether(guardian, instances, key, { raise: 'raiseAnew', by }),
  followAlert: (input) => followAlert(guardian, instances, input),
  start: (which) => startOne(guardian, instances, which),
  runtimeStatus: async (key, { generation }) =>
    (await instances.see(generationId(keyInstanceId(key), generation)))?.status,
  isAlive: async (id) => lifeNow(await instances.see(id), 'key') === 'alive',
});

/** The same interface for a caller that always wakes keys for this cause. */
export const wakingAs = (by: WokenBy, durable: Durable): Durable => ({
  ...durable,
  wake: (key) => durable.wake(key, by),
  wakeAnew: (key) => durable.wakeAnew(key, by),
});
