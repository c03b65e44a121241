import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const ICONS = '@fluentui/react-icons';

const root = path.join(import.meta.dirname, '../..');
const jsonOf = (file: string) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));

type Locked = { readonly version: string; readonly dependencies?: Readonly<Record<string, string>> };

const { packages } = jsonOf('package-lock.json') as { packages: Readonly<Record<string, Locked>> };
const { overrides } = jsonOf('package.json') as { overrides: Readonly<Record<string, string>> };
const pinned = overrides[ICONS] ?? '';

const numbersOf = (version: string): readonly number[] => version.split('.').map(Number);

/** Whether a version is within `^a.b.c`, for a version from 1.0.0 on. */
const isWithin = (version: string, range: string): boolean => {
  const [found, least] = [numbersOf(version), numbersOf(range.replace(/^\^/, ''))];
  const at = found.findIndex((part, index) => part !== least[index]);
  return found[0] === least[0] && (at < 0 || (found[at] ?? 0) > (least[at] ?? 0));
};

describe('The icons of the controls', () => {
  it('are of one version, which every package of Fluent that asks for icons accepts', () => {
    const installed = Object.entries(packages).filter(([place]) => place.endsWith(`node_modules/${ICONS}`));
    expect(installed.map(([place, { version }]) => [place, version])).toEqual([[`node_modules/${ICONS}`, pinned]]);
    const asked = Object.values(packages).flatMap(({ dependencies }) => dependencies?.[ICONS] ?? []);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((range) => !isWithin(pinned, range))).toEqual([]);
  });

  it('come in hundreds of files and not in tens of thousands, which npm ci would write for each clone', () => {
    const files = readdirSync(path.join(root, 'node_modules', ICONS), { recursive: true });
    expect(files.length).toBeLessThan(1_000);
  });

  it('fail the build of the page where an icon is asked for that this version lacks', async () => {
    const asking = (name: string) =>
      build({
        stdin: { contents: `import { ${name} } from '${ICONS}'; console.log(${name});`, resolveDir: root },
        bundle: true,
        write: false,
        format: 'esm',
        logLevel: 'silent',
      });
    await expect(asking('DismissRegular')).resolves.toMatchObject({ errors: [] });
    await expect(asking('IconOfTomorrowRegular')).rejects.toThrow('No matching export');
  });
});
