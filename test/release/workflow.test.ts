import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..', '..');
const workflow = readFileSync(path.join(root, '.github/workflows/release.yml'), 'utf8');

/** The text of one job, from its name to the name of the next job. */
const job = (name: string): string =>
  workflow.match(new RegExp(`^  ${name}:\\n(?:    .*\\n|\\n|  #.*\\n)+`, 'm'))?.[0] ?? '';

const permissionsOf = (text: string): string[] =>
  [...(text.match(/^ {4}permissions:\n((?: {6}.*\n)+)/m)?.[1] ?? '').matchAll(/([\w-]+): (\w+)/g)].map(
    ([, name, what]) => `${name}: ${what}`,
  );

describe('The workflow of a release', () => {
  it('uses actions of GitHub alone, each pinned to a commit that is named by its version', () => {
    const used = workflow.match(/uses: .*/g) ?? [];
    expect(used.length).toBeGreaterThan(3);
    expect(used.filter((line) => !/^uses: actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  it('gives each job what it asks for and nothing else: what builds may write nothing, what signs runs none of our code', () => {
    expect(workflow).toMatch(/^permissions: \{\}$/m);
    expect(permissionsOf(job('build'))).toEqual(['contents: read']);
    expect(permissionsOf(job('publish'))).toEqual(['contents: write', 'id-token: write', 'attestations: write']);
    expect(job('publish')).not.toMatch(/checkout|setup-node|npm|node /);
  });

  it('keeps the token out of what builds, and text of others out of its shell', () => {
    expect(job('build')).toContain('persist-credentials: false');
    const shell = [...workflow.matchAll(/run: (?:\|\n((?: {10}.*\n)+)|(.*)\n)/g)].map(
      ([, block, line]) => block ?? line ?? '',
    );
    expect(shell.length).toBeGreaterThan(4);
    expect(shell.filter((text) => text.includes('${{'))).toEqual([]);
  });

  it('runs for tags of versions alone, and tests before it packages', () => {
    expect(workflow.match(/^on:\n([\s\S]*?)\n\n/m)?.[1]).toBe("  push:\n    tags: ['v[0-9]+.[0-9]+.[0-9]+']");
    expect(workflow.indexOf('npm test')).toBeLessThan(workflow.indexOf('npm run package'));
  });
});
