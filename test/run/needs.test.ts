import { globSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PARTS, type Part, partsNeeded } from './needs.ts';

const root = path.join(import.meta.dirname, '../..');
const needs = (pattern: string): readonly Part[] => [
  ...partsNeeded(globSync(pattern, { cwd: root }).map((file) => path.join(root, file))),
];

describe('A run makes what its suites can reach:', () => {
  it('nothing, where they are pure', () => {
    expect(needs('test/remediation/**/*.test.ts')).toEqual([]);
    expect(needs('test/signals/*.test.ts')).toEqual([]);
  });

  it.each<readonly [string, Part]>([
    ['test/store/ledger.test.ts', 'storage'],
    ['test/azure/key-vault/vault-loss.test.ts', 'programs'],
    ['test/local/host/orchestrations.test.ts', 'sampleApp'],
  ])('one part, which a builder of theirs uses: %s', (suite, part) => {
    expect(needs(suite)).toEqual([part]);
  });

  it('the app and its storage, where they play a story', () => {
    expect(needs('test/stories/people/*.test.ts').toSorted()).toEqual(['app', 'storage']);
  });

  it('the app, where they start a program that boots it, of which they know the name alone', () => {
    expect(needs('test/local/demo/*.test.ts')).toContain('app');
  });

  it('all of it, where all of them run', () => {
    expect(needs('test/**/*.test.ts').toSorted()).toEqual(PARTS.toSorted());
  });
});
