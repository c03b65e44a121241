import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { deployFiles } from '../../release/deploy-files.ts';
import { unpack } from '../../release/make-package.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';

const root = path.join(import.meta.dirname, '..', '..');

describe('What one deploys with', () => {
  it('has the definitions and the commands, which run without an install and find what they read', async () => {
    const files = await deployFiles(root);
    for (const name of [
      'app-roles.json',
      'custom-role-grants.json',
      'role-assignment-condition.txt',
      'entra.js',
      'doctor.js',
    ])
      expect([...files.keys()]).toContain(`infra/${name}`);
    expect([...files.keys()].filter((name) => name.endsWith('.ts'))).toEqual([]);
    const folder = path.join(temporaryFolder('deploy-'), 'cmk-guardian');
    await unpack(files, folder);
    const run = (...words: string[]) => spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8' });
    // The command reads the roles before it checks the cloud, so this text shows both.
    const registers = run(
      'infra/entra.js',
      '--tenant',
      '11111111-1111-4111-8111-111111111111',
      '--url',
      'https://x.example',
      '--cloud',
      'moon',
    );
    expect([registers.status, registers.stdout]).toEqual([
      2,
      "--cloud is 'moon'; it is one of public, usgov, china.\n",
    ]);
    expect(run('infra/doctor.js', '--help')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('It reads only'),
    });
  });
});
