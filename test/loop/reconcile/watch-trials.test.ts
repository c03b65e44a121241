import { describe, expect, it } from 'vitest';
import type { Guardian } from '../../../src/loop/guardian.ts';
import type { KeyLook } from '../../../src/loop/reconcile/look.ts';
import { watchTrials } from '../../../src/loop/reconcile/watch-trials.ts';
import {
  absent,
  type ConsumerFacts,
  type KeyObservation,
  present,
  unknown,
} from '../../../src/remediation/model/facts.ts';
import { keyId } from '../../../src/remediation/model/key-ref.ts';
import type { Known } from '../../../src/remediation/model/known.ts';
import type { EndedStep, KeyState } from '../../../src/store/key-state.ts';
import type { Store } from '../../../src/store/store.ts';
import { assessed, did } from '../../builders/assessed.ts';
import { useAzurite } from '../../builders/azurite.ts';
import { aBaseline } from '../../builders/baseline.ts';
import {
  aDiskEncryptionSet,
  aFlexibleServer,
  anObservation,
  aSingleServer,
  aVersion,
  inaccessible,
  inDays,
  KEY,
  V1,
  V2,
  withAccess,
} from '../../builders/observation.ts';

const ID = keyId(KEY);
const EXTENSION = 'extendKeyExpiry';

const lastLook = (observation: KeyObservation) => {
  const decision = assessed(observation);
  const at = new Date().toISOString();
  const attempts = decision.plan.steps.map((step): EndedStep => ({ ...did(step, 0), at, incident: 'i' }));
  const verdict = { at, decision, fingerprint: '' };
  return { decision, state: { keyId: ID, attempts, verdict } as unknown as KeyState };
};

/** The observation at the next look. */
const watch = (store: Store, state: KeyState, observation: KeyObservation, known: Known = {}) => {
  const decision = assessed(observation, { known });
  return watchTrials({ store } as unknown as Guardian, state, { observation, decision, known } as KeyLook);
};

describe('The trials of a pace', () => {
  const { newStore } = useAzurite();
  const expiring = anObservation([aVersion(V1, { expiresOn: inDays(1), updatedOn: inDays(-90) })], [aSingleServer()]);

  const open = async () => {
    const clock = { now: Date.now() };
    const store = newStore(() => clock.now);
    const { decision, state } = lastLook(expiring);
    const entrant = { id: decision.plan.steps[0]?.stepId ?? '', key: ID };
    await store.lanes.enter(EXTENSION, entrant, inDays(1));
    clock.now += 60_000;
    expect((await store.lanes.enter(EXTENSION, entrant, inDays(1))).kind).toBe('admitted');
    return { state, store, left: () => store.lanes.openTrials(EXTENSION, ID) };
  };

  it('are proven where the key is read back extended and the server is ready', async () => {
    const { left, state, store } = await open();
    await watch(store, state, anObservation([aVersion(V1, { expiresOn: inDays(365) })], [aSingleServer()]));
    expect(await left()).toEqual([]);
  });

  const extended = aVersion(V1, { expiresOn: inDays(365) });
  it.each([
    ['the step is needed still', expiring],
    ['the server is down', anObservation([extended], [aSingleServer('orders', { state: inaccessible })])],
    ['the server cannot be read', anObservation([extended], [aSingleServer('orders', { state: unknown('403') })])],
    ['the key cannot be read', anObservation([[V1, unknown('403')]], [aSingleServer()])],
  ])('are not where %s', async (_why, observation) => {
    const { left, state, store } = await open();
    await watch(store, state, observation);
    expect(await left()).toHaveLength(1);
  });

  const orders = aSingleServer();
  const known = { baseline: aBaseline([orders]) };
  const strange = { principalId: present('p-strange') };
  it.each([
    ['a set that names a version which there is not', aDiskEncryptionSet('strange', { ...strange, version: V2 })],
    ['a server that is down', aFlexibleServer('strange', { ...strange, state: inaccessible })],
    ['a server that cannot be read', aFlexibleServer('strange', { ...strange, state: unknown('409') })],
  ])('are proven whatever a stranger makes beside: %s', async (_what, stranger) => {
    const { left, state, store } = await open();
    const seen = anObservation(
      [extended, [V2, absent]],
      [orders, stranger],
      withAccess({ 'p-strange': { permissions: [] } }),
    );
    await watch(store, state, seen, known);
    expect(await left()).toEqual([]);
  });

  it('are not where one of ours that was seen well is down beside a stranger', async () => {
    const { left, state, store } = await open();
    const stranger = aDiskEncryptionSet('strange', strange);
    await watch(
      store,
      state,
      anObservation([extended], [aSingleServer('orders', { state: inaccessible }), stranger]),
      known,
    );
    expect(await left()).toHaveLength(1);
  });
});

describe('What no document says of an update without a change', () => {
  const { newStore } = useAzurite();
  const seenIn = async (store: Store) => (await store.records.inForce(inDays(-1))).seenToWork;
  const using = (server: ConsumerFacts) => anObservation([aVersion()], [server]);

  it('is learnt where a server that was down is ready directly after one', async () => {
    const store = newStore();
    const { state } = lastLook(using(aFlexibleServer('web', { state: inaccessible })));
    await watch(store, state, using(aFlexibleServer('web', { state: inaccessible })));
    expect(await seenIn(store)).toBeUndefined();
    await watch(store, state, using(aFlexibleServer('web')));
    expect(await seenIn(store)).toEqual(['mysqlFlexibleServer']);
  });

  it('is not where the server was not down, or a document says it', async () => {
    const store = newStore();
    const down = lastLook(using(aFlexibleServer('web', { state: inaccessible }))).state;
    const well = { ...down, verdict: lastLook(using(aFlexibleServer('web'))).state.verdict };
    await watch(store, well, using(aFlexibleServer('web')));
    await watch(store, lastLook(using(aSingleServer('orders', { state: inaccessible }))).state, using(aSingleServer()));
    expect(await seenIn(store)).toBeUndefined();
  });
});
