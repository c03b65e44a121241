import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
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
