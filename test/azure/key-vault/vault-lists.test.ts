import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RATION_USED_UP } from '../../../src/azure/http/ration.ts';
import { openVaultLists } from '../../../src/azure/key-vault/vault-lists.ts';
import { aVault, NOW } from '../../builders/observation.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('A list of a vault', () => {
  it('is made anew where the clock went back behind it: nobody knows how old it is', async () => {
    let made = 0;
    const lists = openVaultLists([
      async function* () {
        made += 1;
        yield [];
      },
    ]);
    const list = () => lists.list(aVault(), () => 30, 10_000);
    await list();
    vi.setSystemTime(NOW.getTime() + 9_000);
    await list();
    expect(made).toBe(1);
    vi.setSystemTime(NOW.getTime() - 1);
    await list();
    expect(made).toBe(2);
  });

  it('is made by the next way for as long as one has asked to be left alone, and then by that one again', async () => {
    const made: string[] = [];
    const lists = openVaultLists([
      // biome-ignore lint/correctness/useYield: it answers with a refusal
      async function* () {
        made.push('first');
        throw Object.assign(new Error('too many requests'), {
          statusCode: 429,
          response: { status: 429, headers: new Map([['retry-after', '30']]) },
        });
      },
      async function* () {
        made.push('second');
        yield [];
      },
    ]);
    const listAfter = async (seconds: number) => {
      vi.setSystemTime(NOW.getTime() + seconds * 1_000);
      expect(await lists.list(aVault(), () => 30, 10_000)).toEqual(new Map());
      return made.splice(0);
    };
    expect([await listAfter(0), await listAfter(29), await listAfter(59)]).toEqual([
      ['first', 'second'],
      ['second'],
      ['first', 'second'],
    ]);
  });

  /**
   * A list of very many pages, which ends with this error after some of them; returns the number of pages that each look has
   * cost.
   */
  const costlyList = (endsAfter: number, why: () => Error) => {
    const made: number[] = [];
    const lists = openVaultLists([
      async function* () {
        made.push(0);
        for (let page = 1; page <= endsAfter; page++) {
          made[made.length - 1] = page;
          yield [];
        }
        throw why();
      },
    ]);
    const listAfter = async (seconds: number, saves: number) => {
      vi.setSystemTime(NOW.getTime() + seconds * 1_000);
      expect(await lists.list(aVault(), () => saves, 10_000)).toBeUndefined();
      return made.splice(0);
    };
    return listAfter;
  };
  const refusal = (statusCode: number) =>
    Object.assign(new Error('refused'), { statusCode, response: { status: statusCode, headers: new Map() } });

  it('that takes more calls than it saves is left alone for the hour, though it would save a few more each time', async () => {
    const listAfter = costlyList(1_000, () => refusal(500));
    expect(await listAfter(0, 30)).toEqual([30]);
    for (const [turn, saves] of [31, 35, 42, 58, 60].entries())
      expect(await listAfter((turn + 1) * 11, saves)).toEqual([]);
    expect(await listAfter(120, 61)).toEqual([61]);
    expect(await listAfter(3_599, 122)).toEqual([]);
  });

  it.each([
    [403, [[7], [], [], [], []]],
    [429, [[7], [7], [], [], []]],
  ])('that is refused with %d after many pages is not made in every turn of a minute', async (status, made) => {
    const listAfter = costlyList(7, () => refusal(status));
    const pages: (readonly number[])[] = [];
    for (const seconds of [0, 12, 24, 36, 48]) pages.push(await listAfter(seconds, 30));
    expect(pages).toEqual(made);
    expect(await listAfter(590, 30)).toEqual(status === 403 ? [] : [7]);
    expect(await listAfter(601, 30)).toEqual(status === 403 ? [7] : []);
  });

  /** Whether each look within these seconds has tried a list that ends like this before its first page. */
  const triesOf = async (why: () => Error, looksAt: readonly number[]): Promise<readonly boolean[]> => {
    let tried = 0;
    const lists = openVaultLists([
      // biome-ignore lint/correctness/useYield: it answers with a refusal
      async function* () {
        tried += 1;
        throw why();
      },
    ]);
    const tries: boolean[] = [];
    for (const seconds of looksAt) {
      vi.setSystemTime(NOW.getTime() + seconds * 1_000);
      const before = tried;
      await lists.list(aVault(), () => 30, 10_000);
      tries.push(tried > before);
    }
    return tries;
  };

  it('for which the product has no requests left is tried in the next minute, as it has cost no call; one that Azure refuses is not', async () => {
    const ofOwn = () => Object.assign(refusal(429), { code: RATION_USED_UP });
    const minutes = [0, 60, 120, 180, 240];
    expect(await triesOf(ofOwn, minutes)).toEqual([true, true, true, true, true]);
    expect(await triesOf(() => refusal(429), minutes)).toEqual([true, true, true, false, false]);
  });

  const slowList = (pages: number, pageMs: number) => {
    const made: number[] = [];
    const lists = openVaultLists([
      async function* () {
        made.push(Date.now());
        for (let page = 0; page < pages; page++) {
          await new Promise((resolve) => void setTimeout(resolve, pageMs));
          yield [];
        }
      },
    ]);
    return { made, list: () => lists.list(aVault(), () => 1_000, 10_000) };
  };

  it('serves all looks of a turn though it took longer than it may be old', async () => {
    const { list, made } = slowList(10, 4_000);
    void list();
    await vi.advanceTimersByTimeAsync(20_000);
    void list();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await Promise.race([list(), Promise.resolve('still loading')])).toEqual(new Map());
    expect(made).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(10_000);
    void list();
    expect(made).toHaveLength(2);
  });

  it('that does not end keeps no key from being read: it is given up after a minute, and left alone', async () => {
    const { list, made } = slowList(900, 4_900);
    const listed = list();
    await vi.advanceTimersByTimeAsync(65_000);
    expect(await Promise.race([listed, Promise.resolve('still loading')])).toBeUndefined();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await list()).toBeUndefined();
    expect(made).toHaveLength(1);
  });
});
