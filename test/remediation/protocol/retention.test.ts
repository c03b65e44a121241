import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generationId } from '../../../src/remediation/protocol/lifetime.ts';
import { isOutdated, keyInstanceOf, RETENTION_MS } from '../../../src/remediation/protocol/retention.ts';
import { type KeyRow, leave, raise } from '../../../src/remediation/protocol/wake.ts';

const NOW = new Date('2026-03-02T00:00:00Z');
const ago = (ms: number): string => new Date(NOW.getTime() - ms).toISOString();

describe('an instance of thirty days ago', () => {
  it.each(['Completed', 'Failed', 'Terminated', 'Canceled'])('is outdated when it is %s', (status) => {
    expect(isOutdated({ status, updatedAt: ago(RETENTION_MS) }, NOW)).toBe(true);
    expect(isOutdated({ status, updatedAt: ago(RETENTION_MS - 1) }, NOW)).toBe(false);
  });

  it.each(['Pending', 'Running', 'Suspended', 'ContinuedAsNew', 'a status of tomorrow', ''])(
    'is never outdated when it is %s, however old',
    (status) => {
      expect(isOutdated({ status, updatedAt: ago(10 * RETENTION_MS) }, NOW)).toBe(false);
    },
  );

  it('is not outdated when nobody can tell when it had its last turn', () => {
    expect(isOutdated({ status: 'Completed', updatedAt: '' }, NOW)).toBe(false);
  });
});

describe('whose instance it is', () => {
  const instanceIdOf = (keyId: string): string | undefined => (keyId === 'one' ? 'key-1' : undefined);

  it('is told by its input and its id together', () => {
    const of = (id: string, input: unknown) => keyInstanceOf({ id, input }, instanceIdOf);
    expect(of('key-1', { keyId: 'one' })).toEqual({ keyId: 'one', generation: 0 });
    expect(of('key-1.7', { keyId: 'one' })).toEqual({ keyId: 'one', generation: 7 });
    expect(of('key-2', { keyId: 'one' })).toBeUndefined();
    expect(of('key-1', { keyId: 'two' })).toBeUndefined();
  });

  it('is told of every generation, and of nothing that is no number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 - 1 }), (generation) => {
        const id = generationId('key-1', generation);
        expect(keyInstanceOf({ id, input: { keyId: 'one' } }, instanceIdOf)).toEqual({ keyId: 'one', generation });
      }),
    );
    fc.assert(
      fc.property(fc.string(), fc.anything(), (id, input) => {
        keyInstanceOf({ id, input }, instanceIdOf);
      }),
    );
    for (const id of ['key-1.', 'key-1.x', 'key-1.1.1', 'key-1.-1'])
      expect(keyInstanceOf({ id, input: { keyId: 'one' } }, instanceIdOf)).toBeUndefined();
  });
});

describe('a row whose instance is to be purged', () => {
  const settled: KeyRow = { keyId: 'key', wanted: 3, assessed: 3 };

  it('points at the next generation from then on', () => {
    expect(leave(settled, 0)).toEqual({ ...settled, generation: 1 });
    expect(leave({ ...settled, generation: 4 }, 4)).toEqual({ ...settled, generation: 5 });
    expect(leave({ ...settled, generation: 4 }, 3)).toBeUndefined();
  });

  it('stays as it is while a wake-up waits for an assess', () => {
    expect(leave(raise(settled, 'key'), 0)).toBeUndefined();
  });
});
