/**
 * Records every key in scope as healthy, as the first looks of the product would do. This is a process of its own on the clock,
 * with the product's settings; it answers the message `record` with `recorded`. The product does the same work in one durable
 * instance per key, which takes more than an hour for 10,000 keys. Here the same functions do it at once, and read each part of
 * the rows once.
 */
import { activities, guardian } from '../../src/app.ts';
import type { Durable, Guardian } from '../../src/loop/guardian.ts';
import type { KeyRange } from '../../src/loop/messages.ts';
import { assessKey } from '../../src/loop/reconcile/assess-key.ts';
import { recordAssessment } from '../../src/loop/reconcile/record-assessment.ts';
import { sha256 } from '../../src/remediation/model/canonical.ts';
import type { KeyObservation } from '../../src/remediation/model/facts.ts';
import { keyId, parseKeyId } from '../../src/remediation/model/key-ref.ts';
import { believe } from '../../src/remediation/protocol/believe.ts';
import type { KeyState } from '../../src/store/key-state.ts';

const AT_ONCE = 32;
const BEFORE = new Date(0).toISOString();

const durable: Durable = {
  wake: () => Promise.reject(new Error('nobody is woken here')),
  wakeAnew: () => Promise.reject(new Error('nobody is woken here')),
  runtimeStatus: async () => undefined,
  isAlive: async () => false,
  followAlert: async () => {},
  start: async () => 'atWork',
};

/** The product with the data that it would read of this key ready in memory: the key's chain is still empty. */
const knowing = (state: KeyState, observation: KeyObservation, records: Records): Guardian => {
  const { store, azure } = guardian;
  return {
    ...guardian,
    azure: { ...azure, observeKey: async () => observation },
    store: {
      ...store,
      keyRows: { ...store.keyRows, read: async () => state },
      records: { ...store.records, policyRecords: async () => records },
      ledger: { ...store.ledger, believe: async () => believe(state.keyId, [], [], true) },
      evidence: { ...store.evidence, put: async () => sha256(state.keyId) },
    },
    notify: async () => {},
  };
};

type Records = Awaited<ReturnType<Guardian['store']['records']['policyRecords']>>;

const recordKey = async (state: KeyState, observation: KeyObservation, records: Records): Promise<void> => {
  const known = knowing(state, observation, records);
  const input = { keyId: state.keyId, number: 1, round: 0, at: new Date().toISOString() };
  const assessment = await assessKey(known, durable, input);
  if (assessment.kind !== 'assessed' || assessment.decision.kind !== 'healthy')
    throw new Error(`${state.keyId} is not healthy: ${JSON.stringify(assessment)}`);
  await recordAssessment(known, { ...input, assessment });
};

const statesIn = async (range: KeyRange): Promise<ReadonlyMap<string, KeyState>> =>
  new Map((await Array.fromAsync(guardian.store.keyRows.list(range))).map((state) => [state.keyId, state]));

const recordRange = async (range: KeyRange): Promise<void> => {
  const states = await statesIn(range);
  const requests = [...states].map(([id, { consumers }]) => ({
    key: parseKeyId(id)?.key ?? { host: '', name: '' },
    consumers: consumers?.consumers ?? [],
  }));
  const { observations } = await guardian.azure.observeKeys(requests);
  const [first] = states.values();
  if (!first) return;
  const records = await guardian.store.records.policyRecords(first, BEFORE, new Date().toISOString());
  for (let start = 0; start < observations.length; start += AT_ONCE) {
    await Promise.all(
      observations.slice(start, start + AT_ONCE).map(async (observation) => {
        const state = states.get(keyId(observation.key));
        if (state) await recordKey(state, observation, records);
      }),
    );
  }
};

process.on('message', async () => {
  const turns = await activities.listScope(null, durable);
  for (const range of turns.flatMap(({ ranges }) => ranges)) await recordRange(range);
  process.send?.('recorded');
});
process.on('disconnect', () => process.exit());
