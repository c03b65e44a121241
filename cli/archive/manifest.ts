import { contentHash } from '../../src/remediation/model/canonical.ts';

export type ExportedFile = { readonly path: string; readonly text: string };

/** The file that `sha256sum --check` reads. */
export const SUMS = 'SHA256SUMS';

export const sumsOf = (files: readonly ExportedFile[]): string =>
  files
    .map(({ path, text }) => `${contentHash(Buffer.from(text))}  ${path}\n`)
    .toSorted()
    .join('');

/** The hash of each file by its path. */
export const parseSums = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text.split('\n').flatMap((line) => {
      const [, hash, path] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? [];
      return hash && path ? [[path, hash] as const] : [];
    }),
  );
