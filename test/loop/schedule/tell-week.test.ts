import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { nextDue } from '../../../src/config/ncrontab.ts';
import type { Guardian } from '../../../src/loop/guardian.ts';
import { openTellWeek } from '../../../src/loop/schedule/tell-week.ts';
import { messageOf } from '../../../src/notifications/message-of.ts';
import type { Notice } from '../../../src/notifications/notice.ts';
import type { Verdict } from '../../../src/store/key-state.ts';
import { useAzurite } from '../../builders/azurite.ts';
import { DAY, HOUR, MINUTE } from '../../builders/durations.ts';
import { policyIn } from '../../builders/policy.ts';

const MONDAY = Date.parse('2026-03-02T08:00:00Z');

beforeAll(() => {
  vi.useFakeTimers({
    now: MONDAY,
    toNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'setInterval', 'queueMicrotask'],
  });
});
afterAll(() => {
  vi.useRealTimers();
});

describe('How a week was', () => {
  const storage = useAzurite();

  /** Two processes of one product, which both run at each call. */
  const product = () => {
    const store = storage.newStore();
    const told: Notice[] = [];
    const guardian = {
      store,
      settings: {
        policy: policyIn('observe'),
        summarySchedule: { nextDue: (after: Date) => nextDue('0 0 8 * * 1', after) },
      },
      notify: async (notice: Notice) => void told.push(notice),
    } as unknown as Guardian;
    const processes = [openTellWeek(guardian), openTellWeek(guardian)];
    const at = async (ms: number): Promise<readonly Notice[]> => {
      vi.setSystemTime(MONDAY + ms);
      told.splice(0);
      await Promise.all(processes.map((come) => come()));
      return [...told];
    };
    return { guardian, at };
  };

  it('is told once a week, however many come and how often, and not of a time before the product was there', async () => {
    const { at } = product();
    expect(await at(-3 * DAY)).toEqual([]);
    expect(await at(-MINUTE)).toEqual([]);
    expect(await at(MINUTE)).toHaveLength(1);
    expect(await at(2 * MINUTE)).toEqual([]);
    expect(await at(6 * DAY)).toEqual([]);
    expect(await at(7 * DAY + HOUR)).toHaveLength(1);
    expect(await at(7 * DAY + 2 * HOUR)).toEqual([]);
  });

  it('is told once by a process that starts anew as well', async () => {
    const { guardian, at } = product();
    await at(-DAY);
    expect(await at(MINUTE)).toHaveLength(1);
    const told: Notice[] = [];
    await openTellWeek({ ...guardian, notify: async (notice) => void told.push(notice) })();
    expect(told).toEqual([]);
  });

  it('is of the last 31 days at most where nobody looked for longer', async () => {
    const { at } = product();
    await at(-DAY);
    expect((await at(70 * DAY))[0]?.sentences[0]).toMatch(/^The week from 2026-04-10 to 2026-05-11: no incident$/);
  });

  it('is no quiet one where an incident of before goes on', async () => {
    const { guardian, at } = product();
    const verdict = { at: '', decision: { kind: 'report' }, fingerprint: '' } as unknown as Verdict;
    const opened = { id: '20260220T000000Z-00000000', openedAt: '2026-02-20T00:00:00.000Z' };
    await guardian.store.incidents.record('https://kv-orders.vault.azure.net/keys/cmk', { verdict, opened });
    await at(-DAY);
    const [notice] = await at(MINUTE);
    expect(notice?.sentences.slice(0, 2)).toEqual([
      'The week from 2026-03-01 to 2026-03-02: no incident, 1 of before not over',
      'No incident was opened. 1 of before is not over.',
    ]);
  });

  it('says of an empty estate that nothing was, is guarded or expires, and that no report was made', async () => {
    const { at } = product();
    await at(-DAY);
    const [notice] = await at(MINUTE);
    expect(notice).toMatchObject({ keyId: 'product', verdict: 'summary' });
    expect(notice?.sentences).toEqual([
      'The week from 2026-03-01 to 2026-03-02: no incident',
      'No incident was opened.',
      'What it cannot see or repair is not known: no posture report was made yet.',
      'No key version in use expires within 90 days.',
      'Guarded: 0 consumers by 0 keys in 0 vaults.',
      'The mode is observe. In mode auto it would have done nothing more.',
    ]);
    const page = 'https://guardian.azurewebsites.net/api/ui';
    expect(messageOf({ ...(notice as Notice), at: '2026-03-02T08:01:00Z' }, { page })).toMatchObject({
      kind: 'summary',
      title: notice?.sentences[0],
      link: `${page}#/history`,
      byHand: { ids: [], commands: [] },
    });
  });
});
