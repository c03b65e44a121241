import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { longestLag, statedVersions, versionOf } from '../../../src/remediation/observation/versions-in-use.ts';
import { aFlexibleServer, unstated, V1, V2 } from '../../builders/observation.ts';

const lagging = (...lags: readonly (string | undefined)[]) =>
  lags.map((lag) => aFlexibleServer('web', { version: unstated(lag) }));

describe('The version that a consumer uses', () => {
  it('is a fact: stated, or unknown with the lag that Azure documents', () => {
    expect(versionOf(aFlexibleServer('web', { version: V1 }))).toEqual({ kind: 'present', value: V1 });
    expect(versionOf(aFlexibleServer('web', { version: unstated('PT2H') }))).toMatchObject({
      kind: 'unknown',
      lag: 'PT2H',
    });
  });

  it('is asked for once, however many consumers state it', () => {
    const all = [V1, V2, V1, unstated('P1D')].map((version) => aFlexibleServer('web', { version }));
    expect(statedVersions(all)).toEqual([V1, V2]);
  });

  it('may be another for as long as the longest lag', () => {
    expect(longestLag(lagging('PT5M', 'P1D', 'PT2H'))).toBe('P1D');
    expect(longestLag(lagging(undefined, 'PT5M'))).toBe('PT5M');
    expect(longestLag([...lagging(undefined), aFlexibleServer('web')])).toBeUndefined();
  });

  it('is looked up in one place: who reads it as it is stored would take a stated version for the only one', () => {
    const root = path.join(import.meta.dirname, '../../..');
    const readers = globSync('src/**/*.ts', { cwd: root }).filter((file) =>
      /\bpinned\??\.version\b|\bpinned: \{[^}]*\bversion\b/.test(readFileSync(path.join(root, file), 'utf8')),
    );
    expect(readers).toEqual(['src/remediation/observation/versions-in-use.ts']);
  });
});
