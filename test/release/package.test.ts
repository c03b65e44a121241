import { createHash } from 'node:crypto';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { unzip, zip } from '../../release/archive.ts';
import { billOfMaterials } from '../../release/bill-of-materials.ts';
import { type Built, buildFiles } from '../../release/make-package.ts';
import type { PageManifest } from '../../src/web/page/manifest.ts';
import { repeated } from '../run/exhaustive.ts';

const root = path.join(import.meta.dirname, '../..');
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? '').toString();

describe('the package', () => {
  let built: Built;
  let archive: Uint8Array;
  beforeAll(async () => {
    built = await buildFiles(root);
    archive = zip(built.files);
  });

  it('holds the bundle, the page, host.json, a package.json and the licences, and nothing else', () => {
    const others = [...built.files.keys()].filter(
      (name) => !/^dist\/(chunks\/[\w.-]+\.js|[\w.-]+\.js|page\/[\w.-]+)$/.test(name),
    );
    expect(others).toEqual(['dist/THIRD-PARTY-NOTICES.txt', 'host.json', 'package.json']);
    expect(built.files.has('dist/index.js')).toBe(true);
  });

  it('holds of the page what its list names, and nothing else', () => {
    const named = Object.entries(JSON.parse(text(built.files.get('dist/page/manifest.json'))) as PageManifest);
    const endings = { br: '.br', gzip: '.gz' };
    const expected = named.flatMap(([name, { encodings }]) => [name, ...encodings.map((one) => name + endings[one])]);
    const there = [...built.files.keys()].filter((name) => name.startsWith('dist/page/'));
    expect(there.toSorted()).toEqual([...expected, 'manifest.json'].map((name) => `dist/page/${name}`).toSorted());
  });

  const sizeOf = (names: readonly string[]): number =>
    names
      .map((name) => built.files.get(`dist/page/${name}.br`) ?? built.files.get(`dist/page/${name}`))
      .reduce((sum, bytes) => sum + (bytes?.byteLength ?? Number.NaN), 0);

  it('has a page that is there with 200 KB, and whole with 500', () => {
    const index = text(built.files.get('dist/page/index.html'));
    const first = [...index.matchAll(/(?:src|href)="\/api\/ui\/([^"]+)"/g)].map(([, name = '']) => name);
    const all = Object.keys(JSON.parse(text(built.files.get('dist/page/manifest.json'))));
    expect(first.filter((name) => name.endsWith('.js')).length).toBeGreaterThan(0);
    expect(sizeOf(['index.html', ...first])).toBeLessThanOrEqual(200 * 1_024);
    expect(sizeOf(all)).toBeLessThanOrEqual(500 * 1_024);
  });

  it('has nothing of the page in the app’s own files', () => {
    const own = [...built.files].filter(([name]) => /^dist\/(chunks\/)?[^/]+\.js$/.test(name));
    expect(
      own.filter(([, bytes]) => /react\.transitional\.element|griffel/i.test(text(bytes))).map(([name]) => name),
    ).toEqual([]);
  });

  it('leaves nothing to be built or installed where it is deployed', () => {
    const manifest = JSON.parse(text(built.files.get('package.json')));
    expect(Object.keys(manifest).filter((name) => /^scripts$|dependencies$/i.test(name))).toEqual([]);
    expect(manifest).toMatchObject({ name: 'cmk-guardian', type: 'module', main: 'dist/index.js' });
  });

  it('names no place of the machine that built it', () => {
    const naming = [...built.files].filter(([, bytes]) => text(bytes).includes(root)).map(([name]) => name);
    expect(naming).toEqual([]);
  });

  repeated('is the same bytes when it is made again', async () => {
    const again = await buildFiles(root);
    expect(sha256(zip(again.files))).toBe(sha256(archive));
  });

  it('bears the first day that a zip can name, in the local time that a zip is written in, wherever it is made', () => {
    const [time, date] = [10, 12].map((at) => Buffer.from(archive).readUInt16LE(at));
    expect({ time, date }).toEqual({ time: 0, date: (1 << 5) | 1 });
  });

  it('is unzipped to what went in', () => {
    expect([...unzip(archive)].map(([name, bytes]) => [name, sha256(bytes)])).toEqual(
      [...built.files].map(([name, bytes]) => [name, sha256(bytes)]),
    );
  });

  it('has the licence of every package that is bundled', () => {
    const notices = text(built.files.get('dist/THIRD-PARTY-NOTICES.txt'));
    expect(built.packages.length).toBeGreaterThan(20);
    expect(built.packages.filter(({ name, version }) => !notices.includes(`\n${name} ${version} (`))).toEqual([]);
  });

  it('has a bill of materials of what is bundled and nothing else, without the time at which it was made', async () => {
    const hash = sha256(archive);
    const bom = await billOfMaterials(root, built.packages, hash);
    const { bomFormat, metadata, components, dependencies } = JSON.parse(bom);
    const named = components.map(({ name, version }: { name: string; version: string }) => `${name}@${version}`);
    expect(bomFormat).toBe('CycloneDX');
    expect(new Set(named)).toEqual(new Set(built.packages.map(({ name, version }) => `${name}@${version}`)));
    expect(metadata.component).toMatchObject({ name: 'cmk-guardian', hashes: [{ alg: 'SHA-256', content: hash }] });
    expect(dependencies.length).toBeGreaterThan(named.length / 2);
    expect(metadata.timestamp).toBeUndefined();
    expect(bom).toContain(`urn:uuid:${hash.slice(0, 8)}`);
  });

  it('is refused a bill of materials that would hide something', async () => {
    const hidden = { name: 'left-out', version: '1.0.0', folder: root };
    await expect(billOfMaterials(root, [...built.packages, hidden], 'ab')).rejects.toThrow('left-out@1.0.0');
  });
});
