import { describe, expect, it } from 'vitest';
import type { Durable, Guardian } from '../../../src/loop/guardian.ts';
import { assessKey } from '../../../src/loop/reconcile/assess-key.ts';
import { recordAssessment } from '../../../src/loop/reconcile/record-assessment.ts';
import { daysBetween, readWouldHave } from '../../../src/loop/reconcile/would-have.ts';
import type { KeyObservation } from '../../../src/remediation/model/facts.ts';
import { keyId } from '../../../src/remediation/model/key-ref.ts';
import type { PolicySettings } from '../../../src/remediation/policy/policy-types.ts';
import { useAzurite } from '../../builders/azurite.ts';
import {
  anObservation,
  aSingleServer,
  aVersion,
  inaccessible,
  inDays,
  KEY,
  NOW,
  V1,
} from '../../builders/observation.ts';
import { policyIn, REMEDIATION } from '../../builders/policy.ts';

const CHAIN = keyId(KEY);
const durable = { isAlive: async () => false } as unknown as Durable;
const down = aSingleServer('orders', { state: inaccessible });
const expired = anObservation([aVersion(V1, { expiresOn: inDays(-1) })], [down]);
const disabled = anObservation([aVersion(V1, { enabled: false })], [down]);
const well = anObservation([aVersion()], [aSingleServer('orders')]);
const minutes = (count: number): string => new Date(NOW.getTime() + count * 60_000).toISOString();

/** A product in this mode that looks at the key, for one wake-up after another. */
const aProduct = (storage: ReturnType<typeof useAzurite>, mode: PolicySettings['mode'] = 'observe') => {
  const store = storage.newStore();
  const told: string[] = [];
  let number = 0;
  const look = async (seen: KeyObservation, at: string, changes: Partial<PolicySettings> = {}): Promise<void> => {
    number += 1;
    const guardian = {
      settings: { policy: policyIn(mode, changes), remediation: REMEDIATION },
      store,
      azure: { observeKey: async () => seen },
      notify: async ({ verdict }: { readonly verdict: string }) => void told.push(verdict),
      publish: async () => {},
      log: () => {},
      warn: () => {},
    } as unknown as Guardian;
    const input = { keyId: CHAIN, number, round: 0, at };
    const assessment = await assessKey(guardian, durable, input);
    if (assessment.kind !== 'assessed') throw new Error('it was not looked at');
    await recordAssessment(guardian, { ...input, assessment });
  };
  const wouldHave = async (now = minutes(600)) => {
    const span = { from: NOW.getTime(), to: Date.parse(now) };
    const { entries } = await readWouldHave({ store }, span, 100, new Date(now));
    return entries.map(({ told: one }) => one);
  };
  const kinds = async () => (await store.ledger.audit(CHAIN)).rows.map(({ kind }) => kind);
  return { store, told, look, wouldHave, kinds };
};

const inShort = (told: Awaited<ReturnType<ReturnType<typeof aProduct>['wouldHave']>>) =>
  told.map((one) => one?.steps.map(({ step, verdict }) => `${step} ${verdict}`));

describe('What mode auto would have done', () => {
  const storage = useAzurite();

  it('is told by what its chain has since the incident before, however long that is', async () => {
    const { store, look } = aProduct(storage);
    await look(expired, minutes(0));
    await look(well, minutes(10));
    await look(expired, minutes(20));
    await look(well, minutes(30));
    const { ledger } = store;
    const told = async (from: number) => {
      const seen: string[][] = [];
      const readBackTo: typeof ledger.readBackTo = async (...args) => {
        const rows = await ledger.readBackTo(...args);
        seen.push(rows.map(({ kind }) => kind));
        return rows;
      };
      const span = { from: Date.parse(minutes(from)), to: Date.parse(minutes(60)) };
      const read = { store: { ...store, ledger: { ...ledger, readBackTo } } };
      const { entries } = await readWouldHave(read, span, 100, new Date(minutes(60)));
      return { seen, healthy: entries.map((one) => one.told?.healthyAt) };
    };
    const { seen, healthy } = await told(15);
    expect(healthy).toEqual([minutes(30)]);
    expect(seen.map((kinds) => kinds.filter((kind) => kind === 'opened').length)).toEqual([1]);
    expect((await told(0)).healthy).toEqual([minutes(10), minutes(30)]);
  });

  it('is entered when it is decided, with what followed since nothing was done', async () => {
    const { look, wouldHave, kinds } = aProduct(storage);
    await look(expired, minutes(0));
    await look(well, minutes(90));
    expect(await kinds()).toEqual(['opened', 'seen', 'decided', 'seen', 'baseline', 'closed']);
    expect(await wouldHave()).toMatchObject([
      {
        at: minutes(0),
        mode: 'observe',
        decided: 'report',
        steps: [
          { step: 'extendKeyExpiry', verdict: 'run' },
          { step: 'revalidateConsumer', verdict: 'run' },
        ],
        harm: [{ consumerId: down.id, level: 'active' }],
        followed: [{ consumerId: down.id.toLowerCase(), minutesDown: 90, isDownNow: false }],
        healthyAt: minutes(90),
        done: [],
        seq: 3,
      },
    ]);
  });

  it('says what it would have asked, and why', async () => {
    const { look, wouldHave } = aProduct(storage);
    await look(disabled, minutes(0));
    const [first] = await wouldHave();
    expect(first?.steps[0]).toMatchObject({
      step: 'enableKey',
      verdict: 'ask',
      why: expect.stringContaining('undoes'),
    });
    expect(first?.followed).toMatchObject([{ minutesDown: 600, isDownNow: true }]);
  });

  it('is entered once, however often it is looked at, and once more in the next incident', async () => {
    const { look, wouldHave, kinds } = aProduct(storage);
    for (const at of [0, 5, 10]) await look(expired, minutes(at));
    expect(await kinds()).toEqual(['opened', 'seen', 'decided']);
    await look(well, minutes(15));
    await look(expired, minutes(20));
    expect((await wouldHave()).map((one) => one?.at)).toEqual([minutes(0), minutes(20)]);
  });

  it('is entered again where it would be otherwise, though what is decided is no news, and then nobody is told', async () => {
    const { look, wouldHave, told, kinds, store } = aProduct(storage);
    await look(disabled, minutes(0));
    const before = await store.keyRows.read(CHAIN);
    await look(disabled, minutes(30), { autoReverse: 'all' });
    expect(inShort(await wouldHave())).toEqual([
      ['enableKey ask', 'revalidateConsumer ask'],
      ['enableKey run', 'revalidateConsumer run'],
    ]);
    expect([await kinds(), told]).toEqual([['opened', 'seen', 'decided', 'decided'], ['report']]);
    expect((await store.keyRows.read(CHAIN)).verdict?.at).toBe(before.verdict?.at);
  });

  it('is told of mode approve as well, and of mode auto never', async () => {
    const approve = aProduct(storage, 'approve');
    await approve.look(expired, minutes(0));
    expect(await approve.wouldHave()).toMatchObject([
      { mode: 'approve', decided: 'ask', steps: [{ verdict: 'run' }, {}] },
    ]);
    const auto = aProduct(storage, 'auto');
    await auto.look(expired, minutes(0));
    expect(await auto.wouldHave()).toEqual([]);
  });

  it('comes in pages, which together are all of it, over as many days as are asked', async () => {
    const { store } = aProduct(storage);
    const notes = Array.from({ length: 7 }, (_, at) => ({
      keyId: CHAIN,
      at: minutes(at * 700),
      entry: `${at}.0.decided`,
    }));
    for (const note of notes) await store.wouldHave.note(note);
    const places: string[] = [];
    let after: string | undefined;
    do {
      const span = { from: NOW.getTime(), to: Date.parse(minutes(6 * 700)), ...(after && { after }) };
      const page = await readWouldHave({ store }, span, 2, NOW);
      expect(page.entries.length).toBeLessThanOrEqual(2);
      places.push(...page.entries.map(({ place }) => place.slice(0, 24)));
      after = page.next;
    } while (after !== undefined);
    expect(places).toEqual(notes.slice(0, 6).map(({ at }) => at));
  });

  it('is asked of each day once that has a part in it', () => {
    const at = (text: string): number => Date.parse(text);
    expect(daysBetween(at('2026-03-01T23:59:59Z'), at('2026-03-03T00:00:00Z'))).toEqual(['2026-03-01', '2026-03-02']);
    expect(daysBetween(at('2026-03-01'), at('2026-03-01'))).toEqual([]);
  });
});
