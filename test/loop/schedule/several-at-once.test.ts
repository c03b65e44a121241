import { describe, expect, it } from 'vitest';
import { severalAtOnce } from '../../../src/loop/schedule/several-at-once.ts';

/** Work that goes on until it is told to end, by item. */
const openWork = () => {
  const begun: number[] = [];
  const ends = new Map<number, (error?: Error) => void>();
  const work = (item: number): Promise<void> => {
    begun.push(item);
    return new Promise((resolve, reject) => {
      ends.set(item, (error) => (error ? reject(error) : resolve()));
    });
  };
  /** Lets everything run that waits for nothing else. */
  const end = async (item: number, error?: Error): Promise<void> => {
    ends.get(item)?.(error);
    await new Promise(setImmediate);
  };
  return { begun, work, end };
};

async function* upTo(count: number): AsyncGenerator<number> {
  for (let item = 1; item <= count; item += 1) yield item;
}

describe('Work with several items at once', () => {
  it('begins the next item as soon as any of them is done, whichever was first', async () => {
    const { begun, work, end } = openWork();
    const all = severalAtOnce(upTo(5), 2, work);
    await end(0);
    expect(begun).toEqual([1, 2]);
    await end(2);
    expect(begun).toEqual([1, 2, 3]);
    await end(3);
    await end(4);
    expect(begun).toEqual([1, 2, 3, 4, 5]);
    await end(1);
    await end(5);
    await expect(all).resolves.toBeUndefined();
  });

  it('fails with the first failure, and begins nothing after it', async () => {
    const { begun, work, end } = openWork();
    const all = severalAtOnce(upTo(9), 2, work);
    const failed = expect(all).rejects.toThrow('storage is gone');
    await end(0);
    await end(1, new Error('storage is gone'));
    await end(2);
    await failed;
    expect(begun).toEqual([1, 2]);
  });

  it('takes a list as well, and ends where there is nothing', async () => {
    const seen: string[] = [];
    await severalAtOnce(['a', 'b'], 16, async (item) => void seen.push(item));
    await severalAtOnce([], 16, async () => void seen.push('nothing'));
    expect(seen).toEqual(['a', 'b']);
  });
});
