import { describe, expect, it } from 'vitest';
import type { Guardian, Instances } from '../../../src/loop/guardian.ts';
import { purgeEnded } from '../../../src/loop/schedule/purge-ended.ts';
import type { Store } from '../../../src/store/store.ts';
import { useAzurite } from '../../builders/azurite.ts';
import { DAY } from '../../builders/durations.ts';

const ago = (days: number): string => new Date(Date.now() - days * DAY).toISOString();
const NO_HISTORY = { listEnded: async () => [] } as unknown as Instances;

const guardianOf = (store: Store) => {
  const said: string[] = [];
  const guardian = { store, log: () => undefined, warn: (line: string) => said.push(line) } as unknown as Guardian;
  return { guardian, said };
};

describe('What has ended', () => {
  const { newStore } = useAzurite();

  it('is taken away: a pause a day after its end, and none before', async () => {
    const store = newStore();
    const pause = (why: string, until: string) => store.records.pause({ by: 'ada', why, until });
    await pause('over', ago(2));
    await pause('just over', ago(0.5));
    await pause('in force', ago(-1));
    await purgeEnded(guardianOf(store).guardian, NO_HISTORY);
    expect((await store.records.pauses()).map(({ why }) => why).toSorted()).toEqual(['in force', 'just over']);
  });

  it('is purged of the history also where overrides cannot be taken away, which is said', async () => {
    const store = newStore();
    const forgetEnded = () => Promise.reject(new Error('storage is busy'));
    const { guardian, said } = guardianOf({ ...store, records: { ...store.records, forgetEnded } });
    await purgeEnded(guardian, NO_HISTORY);
    expect((await store.beats.read())['purge']).toBeDefined();
    expect(said).toEqual([expect.stringContaining('storage is busy')]);
  });
});
