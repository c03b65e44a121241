import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { countTests, isSameInBoth, passedIn, type Results } from './already-passed.ts';

const results = (suites: Readonly<Record<string, Readonly<Record<string, string>>>>): Results => ({
  testResults: Object.entries(suites).map(([name, tests]) => ({
    name,
    assertionResults: Object.entries(tests).map(([fullName, status]) => ({ fullName, status })),
  })),
});

describe('What npm test has passed', () => {
  const test = results({ a: { heals: 'passed', asks: 'failed' }, b: { asks: 'passed' } });

  it('is what passed in the same suite', () => {
    expect(passedIn(test, 'a')).toEqual(new Set(['heals']));
    expect(passedIn(test, 'c')).toEqual(new Set());
  });

  it('may be skipped by the exhaustive suite, and nothing else may', () => {
    const exhaustive = results({ a: { heals: 'skipped', asks: 'skipped', again: 'passed' }, b: { asks: 'pending' } });
    expect(countTests(test, exhaustive)).toEqual({ passed: 3, failed: 1, untested: ['a: asks'] });
  });

  it('is skipped only in suites that try nothing more often in the exhaustive suite, they or what they import', () => {
    const root = path.join(import.meta.dirname, '..');
    const suites = globSync('**/*.test.ts', { cwd: root }).map((file) => path.join(root, file));
    const same = suites.filter((file) => isSameInBoth(readFileSync(file, 'utf8')));
    const imported = same.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)].map(([, to = '']) => path.join(file, '..', to)),
    );
    const tries = imported.filter((file) => /import \{[^}]*\b(runs|isExhaustive)\b/.test(readFileSync(file, 'utf8')));
    expect(same.length).toBeGreaterThan(40);
    expect(tries).toEqual([]);
  });
});
