import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { azValue } from '../../src/remediation/model/shell-word.ts';
import { type Anchor, parseAnchor } from '../../src/remediation/protocol/anchors.ts';
import { Usage } from '../failure.ts';

/** The anchors of each chain, by its name. */
export type KnownAnchors = ReadonlyMap<string, readonly Anchor[]>;

const CHAINS = 'chains';

const namesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { withFileTypes: true })).filter((one) => one.isDirectory()).map(({ name }) => name);

/** Each anchor has the name of its chain, since the folder's name is only a hash of it. */
const chainIn = async (folder: string, file: string): Promise<string> => {
  const { chain } = JSON.parse(await readFile(path.join(folder, file), 'utf8')) as { readonly chain?: string };
  if (chain === undefined) throw new Usage(`${path.join(folder, file)} is no anchor: it names no chain.`);
  return chain;
};

/**
 * The container of the anchors as `az storage blob download-batch` writes it to a folder: the name of each blob has the number
 * and the hash of a row.
 */
export const anchorsIn = async (folder: string): Promise<KnownAnchors> => {
  const root = path.join(folder, CHAINS);
  const names = await namesIn(root).catch(() => {
    throw new Usage(
      `There are no anchors in ${folder}. Download the container first: az storage blob download-batch --account-name <account> --source guardian-anchors --destination ${azValue(folder)} --auth-mode login`,
    );
  });
  const known = new Map<string, readonly Anchor[]>();
  for (const name of names) {
    const files = await readdir(path.join(root, name));
    const first = files[0];
    if (first === undefined) continue;
    known.set(
      await chainIn(path.join(root, name), first),
      files.flatMap((file) => parseAnchor(file) ?? []),
    );
  }
  return known;
};
