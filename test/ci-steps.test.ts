import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..');

const FUNCTIONS = `
  passes() { echo 'checked'; }
  breaks() { false; echo 'went on'; }
  skips_itself() { skip 'it did not feel like it'; }
  uses() { echo "with $1"; }
  looks_in_vain() { skip 'the registry has none'; }
  looks_and_breaks() { echo 'the network broke'; false; echo /usr/bin/tool; }`;

/** Runs these steps as .ci/run does. */
const runSteps = (steps: string, env = process.env): { status: number | null; output: string } => {
  const script = `set -euo pipefail; source .ci/steps.sh; ${FUNCTIONS}\n${steps}`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], { cwd: root, encoding: 'utf8', env });
  return { status, output: stdout + stderr };
};

describe('the steps of .ci/run', () => {
  it('say their names and seconds, and all seconds in the end', () => {
    const { status, output } = runSteps(`step 'lint' passes\nstep 'test' passes\nfinish\necho '2 passed, 0 failed'`);
    expect(status).toBe(0);
    expect(output).toMatch(/^== lint\nchecked\n-- lint: \d+ s$/m);
    expect(output).toMatch(
      /^== seconds\n +\d+ s {2}lint\n +\d+ s {2}test\n +\d+ s {2}in all, of 5100\n2 passed, 0 failed\n$/m,
    );
  });

  it('end the run at the first command that fails, and say the seconds all the same', () => {
    const { status, output } = runSteps(`step 'lint' passes\nstep 'test' breaks\nstep 'demo' passes\nfinish`);
    expect(status).toBe(1);
    expect(output).toMatch(/^ +\d+ s {2}test$/m);
    expect(output).toMatch(/^failed: test$/m);
    expect(output).not.toMatch(/went on|== demo/);
  });

  it('fail when they took more than eighty-five minutes', () => {
    const { status, output } = runSteps(`step 'test' passes\nSECONDS=5101\nfinish`);
    expect(status).toBe(1);
    expect(output).toContain('failed: the run took more than its 5100 s');
  });
});

describe('the count of tests', () => {
  /** A file of Vitest's results in which the tests of one suite have these statuses. */
  const resultsOf = (statuses: readonly string[]): string => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'results-')), 'results.json');
    const assertionResults = statuses.map((status, index) => ({ fullName: `says ${index}`, status }));
    writeFileSync(file, JSON.stringify({ testResults: [{ name: '/suite.test.ts', assertionResults }] }));
    return file;
  };
  /** The environment of a machine whose own Node is too old for TypeScript: any call of it fails. */
  const onOldNode = (): NodeJS.ProcessEnv => {
    const folder = mkdtempSync(path.join(tmpdir(), 'old-node-'));
    writeFileSync(path.join(folder, 'node'), '#!/bin/sh\necho "Unknown file extension .ts"\nexit 1\n');
    chmodSync(path.join(folder, 'node'), 0o755);
    return { ...process.env, PATH: `${folder}:${process.env['PATH']}` };
  };

  it('is made on any Node of the machine, and fails where a test was skipped in both runs', () => {
    const both = `count_tests ${resultsOf(['passed', 'passed'])} ${resultsOf(['skipped', 'passed'])}`;
    expect(runSteps(both, onOldNode())).toEqual({ status: 0, output: '3 passed, 0 failed, 0 skipped\n' });
    const neither = runSteps(`count_tests ${resultsOf(['passed'])} ${resultsOf(['passed', 'skipped'])}`, onOldNode());
    expect(neither).toEqual({ status: 1, output: 'skipped: /suite.test.ts: says 1\n2 passed, 0 failed, 1 skipped\n' });
  });

  it('is all that .ci/run asks of Node itself', () => {
    for (const file of ['run', 'steps.sh', 'lint-workflows.sh'])
      expect(readFileSync(path.join(root, '.ci', file), 'utf8')).not.toMatch(/(?:^|[\s({;&|])node \S/m);
  });
});

describe('a check with a tool that may be missing', () => {
  it('is made where the tool is there', () => {
    const { status, output } = runSteps(`optional_step 'Shell' 'on_path bash' uses\nfinish`);
    expect(status).toBe(0);
    expect(output).toMatch(/^with \/.*bash$/m);
  });

  it.each([
    ["'on_path no-such-tool'", 'there is no no-such-tool on the PATH'],
    ['looks_in_vain', 'the registry has none'],
  ])('is skipped where the tool is not to be had, and the table says why: %s', (find, why) => {
    const { status, output } = runSteps(`optional_step 'Tool' ${find} uses\nfinish`);
    expect(status).toBe(0);
    expect(output).toMatch(new RegExp(`^ +\\d+ s {2}Tool \\(skipped: ${why}\\)$`, 'm'));
    expect(output).not.toContain('with ');
  });

  it('fails when it was skipped though its tool is there', () => {
    const { status, output } = runSteps(`optional_step 'Shell' 'on_path bash' skips_itself\nfinish`);
    expect(status).toBe(1);
    expect(output).toContain('failed: Shell was skipped, and nothing excuses it');
  });

  it('fails when looking for the tool broke', () => {
    const { status, output } = runSteps(`optional_step 'Tool' looks_and_breaks uses\nfinish`);
    expect(status).toBe(1);
    expect(output).toContain('the network broke');
    expect(output).not.toContain('with ');
  });

  it('is the only kind that may be skipped', () => {
    const { status, output } = runSteps(`step 'test' skips_itself\nfinish`);
    expect(status).toBe(1);
    expect(output).toContain('failed: test was skipped, and nothing excuses it');
  });
});
