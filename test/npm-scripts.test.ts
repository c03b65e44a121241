import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from './builders/temporary-folder.ts';

const root = path.join(import.meta.dirname, '..');
const jsonOf = (file: string) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));

const manifest = jsonOf('package.json') as {
  scripts: Record<string, string>;
  allowScripts: Record<string, boolean>;
};
const lock = jsonOf('package-lock.json') as { packages: Record<string, { hasInstallScript?: boolean }> };
const { postinstall, ...scripts } = manifest.scripts;

describe('the npm scripts in a fresh clone', () => {
  let clone: string;
  beforeAll(() => {
    clone = temporaryFolder('clone-');
    mkdirSync(path.join(clone, 'local'));
    cpSync(path.join(root, 'package.json'), path.join(clone, 'package.json'));
    cpSync(path.join(root, 'local', 'require-setup.js'), path.join(clone, 'local', 'require-setup.js'));
  });

  it.each(Object.entries(scripts))('say in one line that npm ci comes first: %s', (_name, command) => {
    const { status, stdout, stderr } = spawnSync(command, { cwd: clone, shell: true, encoding: 'utf8' });
    expect(stderr).toBe('Run "npm ci" first: it installs what the npm scripts need.\n');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  });

  it('go on once npm ci has run to its end', () => {
    const folder = path.join(clone, 'node_modules');
    mkdirSync(folder);
    const requireSetup = () => spawnSync('node', ['local/require-setup.js'], { cwd: clone, encoding: 'utf8' });
    expect(requireSetup().status).toBe(1);
    writeFileSync(path.join(folder, '.package-lock.json'), '{}');
    expect(requireSetup()).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });
});

describe('npm ci', () => {
  /** The call of npm after an install that left these files. */
  const npmCalls = (files: readonly string[]): string => {
    const folder = temporaryFolder('installed-');
    for (const file of files) mkdirSync(path.join(folder, 'node_modules', file), { recursive: true });
    const npm = path.join(folder, 'npm.cjs');
    writeFileSync(npm, `require('node:fs').writeFileSync('called', process.argv.slice(2).join(' '))`);
    writeFileSync(path.join(folder, 'called'), '');
    const env = { ...process.env, npm_execpath: npm };
    expect(spawnSync('node', [path.join(root, 'local', 'link-node.js')], { cwd: folder, env }).status).toBe(0);
    return readFileSync(path.join(folder, 'called'), 'utf8');
  };
  const ours = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

  it('has npm link the project’s Node again where npm took the link away, and only there', () => {
    expect(npmCalls([ours])).toBe(`rebuild --ignore-scripts ${ours}`);
    expect(npmCalls([ours, '.bin/node'])).toBe('');
    expect(npmCalls(['node-plan9-mips'])).toBe('');
  });

  it('runs no script of a package but, to link Node, one of our own', () => {
    const { '': own, ...packages } = lock.packages;
    const withScript = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript);
    const names = withScript.map(([place]) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length));
    expect(manifest.allowScripts).toEqual(Object.fromEntries(names.map((name) => [name, false])));
    expect(own?.hasInstallScript).toBe(true);
    expect(postinstall).toContain("import('./local/link-node.js')");
  });

  it('lets a package be installed that is deployed without the folder local/', () => {
    const { status } = spawnSync(postinstall ?? '', { cwd: temporaryFolder('deployed-'), shell: true });
    expect(status).toBe(0);
  });
});
