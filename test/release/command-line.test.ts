import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { packCommandLine } from '../../release/command-line.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';

const root = path.join(import.meta.dirname, '..', '..');

describe('The package of the command line', () => {
  let folder: string;
  let tarball: string;
  beforeAll(async () => {
    folder = temporaryFolder('command-line-');
    tarball = await packCommandLine(root, folder);
  });

  const installed = (): string => {
    const empty = path.join(folder, 'empty');
    mkdirSync(empty);
    execFileSync(
      'npm',
      ['install', '--offline', '--no-audit', '--no-fund', '--cache', path.join(folder, 'cache'), tarball],
      {
        cwd: empty,
        stdio: 'pipe',
      },
    );
    return path.join(empty, 'node_modules');
  };

  it('is installed in an empty folder without a network, and runs there', () => {
    const modules = installed();
    const manifest = JSON.parse(readFileSync(path.join(modules, 'cmk-guardian', 'package.json'), 'utf8'));
    expect(Object.keys(manifest)).not.toContain('dependencies');
    const bin = path.join(modules, '.bin', 'cmk-guardian');
    const environment = { PATH: process.env['PATH'], COLUMNS: '80' };
    const run = (...words: string[]) =>
      spawnSync(process.execPath, [bin, ...words], { encoding: 'utf8', env: environment });
    expect(run('--version')).toMatchObject({ status: 0, stdout: `${manifest.version}\n` });
    expect(run('status')).toMatchObject({ status: 2, stderr: expect.stringMatching(/^Say where the function app is/) });
    expect(run('--url', 'http://127.0.0.1:1', '--key', 'key', 'status')).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/^Nothing answers at http:\/\/127\.0\.0\.1:1/),
    });
    const signedOut = run(
      '--url',
      'http://127.0.0.1:1',
      '--scope-of-api',
      'api://x/.default',
      '--sign-in',
      'environment',
      'status',
    );
    expect(signedOut).toMatchObject({ status: 3, stderr: expect.stringMatching(/^Nobody is signed in: /) });
    const grouped = [
      '--subscription',
      '11111111-1111-4111-8111-111111111111',
      '--group',
      'guardian',
      '--app',
      'guardian',
    ];
    expect(run('doctor', '--sign-in', 'environment', ...grouped)).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/^Nobody is signed in: /),
    });
  });

  it('is what npm pack leads to in the repository, where it packs nothing', () => {
    const packed = spawnSync('npm', ['pack', '--dry-run'], { cwd: root, encoding: 'utf8' });
    expect(packed.status).not.toBe(0);
    expect(packed.stderr).toContain('"npm run package:command-line" makes the command line as one, in .package/');
  });

  it('is no larger than a few megabytes, and names the licences of what it holds', () => {
    expect(statSync(tarball).size).toBeLessThan(3_000_000);
    const notices = readFileSync(path.join(folder, 'command-line', 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    for (const name of ['commander', 'cli-table3', 'cli-progress', '@azure/identity']) expect(notices).toContain(name);
  });
});
