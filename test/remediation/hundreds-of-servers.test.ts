import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

type Growth = { readonly what: string; readonly growth: readonly (readonly number[])[] };

const SCENES = [
  'whose version expired',
  'whose version is disabled',
  'that lost their access',
  'of which half may be restored copies',
] as const;

/** Twice as many servers make twice as many calls, and a few more; where work grows with the square four times as many. */
const SLACK = 2.4;

const isSteady = (calls: readonly number[]): boolean =>
  calls.every((much, at) => at === 0 || much < SLACK * Number(calls[at - 1]));

describe('To decide for a key with hundreds of servers down', () => {
  let growths: readonly Growth[] = [];

  // In a process of its own: where hundreds of suites have been loaded, counting takes the engine a second each time.
  beforeAll(() => {
    const program = path.join(import.meta.dirname, 'fixtures', 'count-calls.ts');
    growths = JSON.parse(execFileSync(process.execPath, [program], { encoding: 'utf8' }));
  });

  it('was tried in each of these scenes', () => {
    expect(growths.map(({ what }) => what)).toEqual(SCENES);
  });

  it.each(SCENES)('takes as much more as there are more of them: servers %s', (what) => {
    const growth = growths.find((one) => one.what === what)?.growth ?? [];
    expect({ growth, isSteady: growth.every(isSteady) }).toEqual({ growth, isSteady: true });
    expect(growth.flat()).toHaveLength(6);
    expect(growth.flat().every((much) => much > 1_000)).toBe(true);
  });
});
