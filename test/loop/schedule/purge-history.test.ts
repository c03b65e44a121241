import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Guardian, Instances } from '../../../src/loop/guardian.ts';
import { purgeHistory } from '../../../src/loop/schedule/purge-history.ts';
import { keyInstanceId, keyOf } from '../../../src/remediation/model/key-ref.ts';
import { useAzurite } from '../../builders/azurite.ts';
import { DAY } from '../../builders/durations.ts';
import { NOW } from '../../builders/observation.ts';

beforeAll(() => {
  vi.useFakeTimers({
    now: NOW,
    toNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'setInterval', 'queueMicrotask'],
  });
});
afterAll(() => {
  vi.useRealTimers();
});

const KEY = 'https://vault.vault.azure.net/keys/one';
const ID = keyInstanceId(keyOf(KEY));

type Kept = { status: string; days: number; input?: unknown };

/** Durable Functions with these instances; `days`: so long ago each was made, and had its last turn. */
const hubOf = (kept: Record<string, Kept>) => {
  const instances = new Map(Object.entries(kept));
  const at = (days: number): string => new Date(NOW.getTime() - days * DAY).toISOString();
  const asked: (readonly [Date, Date])[] = [];
  const port: Pick<Instances, 'see' | 'listEnded' | 'purge'> = {
    see: async (id) => {
      const one = instances.get(id);
      return one && { status: one.status, updatedAt: at(one.days), input: one.input };
    },
    listEnded: async (from, to) => {
      asked.push([from, to]);
      const [most, least] = [from, to].map((date) => (NOW.getTime() - date.getTime()) / DAY) as [number, number];
      return [...instances]
        .filter(([, { status, days }]) => status !== 'Running' && days <= most && days >= least)
        .map(([id, { status, days }]) => ({ id, status, createdAt: at(days), updatedAt: at(days) }));
    },
    purge: async (id) => void instances.delete(id),
  };
  return { instances, asked, port: port as Instances };
};

describe('durable history', () => {
  const storage = useAzurite();
  const withStore = () => {
    const said: string[] = [];
    const store = storage.newStore();
    const guardian = {
      store,
      log: (line: string) => said.push(line),
      warn: (line: string) => said.push(line),
    } as unknown as Guardian;
    return { store, guardian, said };
  };

  it('is purged thirty days after the last turn, and nothing else is', async () => {
    const { guardian } = withStore();
    const { instances, port } = hubOf({
      old: { status: 'Completed', days: 31 },
      failed: { status: 'Failed', days: 40 },
      young: { status: 'Completed', days: 29 },
      hanging: { status: 'Running', days: 90 },
    });
    expect(await purgeHistory(guardian, port)).toBe(2);
    expect([...instances.keys()].toSorted()).toEqual(['hanging', 'young']);
  });

  it('has a beat of every run that came to its end, also where nothing was due', async () => {
    const { guardian, store } = withStore();
    await purgeHistory(guardian, hubOf({ young: { status: 'Completed', days: 2 } }).port);
    expect((await store.beats.read())['purge']?.at).toBe(NOW.toISOString());
  });

  it('of a key is purged when no wake-up can start it any more: the row points at the next one', async () => {
    const { guardian, store } = withStore();
    const { instances, port } = hubOf({ [ID]: { status: 'Completed', days: 31, input: { keyId: KEY } } });
    await store.keyRows.raise(KEY);
    expect(await purgeHistory(guardian, port)).toBe(0);
    await store.keyRows.settle(KEY, 1);
    expect(await purgeHistory(guardian, port)).toBe(1);
    expect([...instances]).toEqual([]);
    expect(await store.keyRows.raise(KEY)).toMatchObject({ number: 2, generation: 1 });
  });

  it('of a key stays when a wake-up has started it a moment ago', async () => {
    const { guardian, store } = withStore();
    const { instances, port } = hubOf({ [ID]: { status: 'Completed', days: 31, input: { keyId: KEY } } });
    await store.keyRows.raise(KEY);
    await store.keyRows.settle(KEY, 1);
    const startedMeanwhile: Instances = {
      ...port,
      listEnded: async (from, to) => {
        const listed = await port.listEnded(from, to);
        instances.set(ID, { status: 'Running', days: 0, input: { keyId: KEY } });
        return listed;
      },
    };
    expect(await purgeHistory(guardian, startedMeanwhile)).toBe(0);
    expect(instances.has(ID)).toBe(true);
  });

  it('of what the next sweep, probe or report starts stays, of whatever generation that is', async () => {
    const { guardian, store } = withStore();
    await store.singletons.giveUp('probeEstate', 0);
    const { instances, port } = hubOf({
      sweepEstate: { status: 'Completed', days: 31 },
      probeEstate: { status: 'Terminated', days: 31 },
      'probeEstate.1': { status: 'Completed', days: 31 },
    });
    await purgeHistory(guardian, port);
    expect([...instances.keys()].toSorted()).toEqual(['probeEstate.1', 'sweepEstate']);
  });

  it('is purged a thousand at a time, the oldest first, and goes on where it has stopped', async () => {
    const { guardian } = withStore();
    const many = Object.fromEntries(
      Array.from({ length: 1_004 }, (_, n) => [`one-${n}`, { status: 'Completed', days: 32 + n }] as const),
    );
    const { asked, instances, port } = hubOf(many);
    expect(await purgeHistory(guardian, port)).toBe(1_000);
    expect([...instances.keys()]).toEqual(['one-0', 'one-1', 'one-2', 'one-3']);
    const before = asked.length;
    expect(await purgeHistory(guardian, port)).toBe(4);
    expect(await purgeHistory(guardian, port)).toBe(0);
    const days = (date: Date): number => (NOW.getTime() - date.getTime()) / DAY;
    // The second run begins between the last instance that the first run has purged and the oldest that it left; the third run
    // has no request to send.
    const [[from]] = asked.slice(before) as [[Date, Date]];
    expect(days(from)).toBeGreaterThanOrEqual(35);
    expect(days(from)).toBeLessThan(36);
    expect(asked.filter(([, to]) => days(to) === 30)).toHaveLength(1);
  });

  it('is listed in windows of time: of five thousand instances the worker holds a few hundred at once', async () => {
    const { guardian } = withStore();
    const MANY = 5_000;
    const many = Object.fromEntries(
      Array.from({ length: MANY }, (_, n) => [`one-${n}`, { status: 'Completed', days: 31 + n / 288 }] as const),
    );
    const { instances, port } = hubOf(many);
    const lengths: number[] = [];
    const counted: Instances = {
      ...port,
      listEnded: async (from, to) => {
        const listed = await port.listEnded(from, to);
        lengths.push(listed.length);
        return listed;
      },
    };
    expect(await purgeHistory(guardian, counted)).toBe(1_000);
    expect(instances.has(`one-${MANY - 1_000}`)).toBe(false);
    expect(instances.has(`one-${MANY - 1_001}`)).toBe(true);
    expect(Math.max(...lengths)).toBeLessThan(500);
  });

  it('that cannot be purged keeps no other from it, is said, and is tried again', async () => {
    const { guardian, said } = withStore();
    const { instances, port } = hubOf({
      bad: { status: 'Completed', days: 50 },
      good: { status: 'Completed', days: 40 },
    });
    const refuse = async (id: string): Promise<void> => {
      if (id === 'bad') throw new Error('the server is busy');
      await port.purge(id);
    };
    expect(await purgeHistory(guardian, { ...port, purge: refuse })).toBe(1);
    expect([...instances.keys()]).toEqual(['bad']);
    expect(said[0]).toContain('The history of bad could not be purged now');
    expect(await purgeHistory(guardian, port)).toBe(1);
  });
});
