import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { canonicalJson, contentHash, type Json, sha256 } from '../../src/remediation/model/canonical.ts';
import { Usage } from '../failure.ts';
import type { Chain } from '../ledger/chain.ts';
import { parseSums, SUMS } from './manifest.ts';

/** A forged row may name a path instead. */
const HASH = /^[0-9a-f]{64}$/;

export type Archive = { readonly chains: readonly Chain[]; readonly faults: readonly string[] };

const filesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((one) => one.isFile())
    .map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)).replaceAll(path.sep, '/'));

const changed = async (
  folder: string,
  there: readonly string[],
  sums: ReadonlyMap<string, string>,
): Promise<readonly string[]> => {
  const faults = there
    .filter((file) => file !== SUMS && !sums.has(file))
    .map((file) => `${file} was added: no hash names it.`);
  for (const [file, hash] of sums) {
    const bytes = there.includes(file) ? await readFile(path.join(folder, file)) : undefined;
    if (!bytes) faults.push(`${file} is missing.`);
    else if (contentHash(bytes) !== hash) faults.push(`${file} is not as it was exported.`);
  }
  return faults;
};

const jsonIn = async (folder: string, file: string): Promise<Json> =>
  JSON.parse(await readFile(path.join(folder, file), 'utf8')) as Json;

const isChain = (value: Json | undefined): boolean => {
  const { chain, entries, verification } = (value ?? {}) as Readonly<Record<string, Json | undefined>>;
  return (
    typeof chain === 'string' &&
    Array.isArray(entries) &&
    entries.every((one) => one !== null && typeof one === 'object') &&
    typeof verification === 'object' &&
    verification !== null
  );
};

type Chains = { readonly chains: readonly Chain[]; readonly faults: readonly string[] };

/** The product always has a chain of its own: an export without any chain is incomplete. */
const NO_CHAIN = 'It has no chain of the ledger, of which every export has one at least.';

const chainsIn = async (folder: string, files: readonly string[]): Promise<Chains> => {
  const [chains, faults]: [Chain[], string[]] = [[], []];
  for (const file of files) {
    const value = await jsonIn(folder, file).catch(() => undefined);
    if (isChain(value)) chains.push(value as unknown as Chain);
    else faults.push(`${file} is no chain of the ledger.`);
  }
  return { chains, faults: files.length === 0 ? [NO_CHAIN] : faults };
};

/**
 * A person who can change a file can also change the hash beside it. So evidence is compared with the hash that the ledger names.
 */
const evidenceFaults = async (folder: string, chains: readonly Chain[]): Promise<readonly string[]> => {
  const named = [...new Set(chains.flatMap(({ entries }) => entries.flatMap(({ evidence }) => evidence ?? [])))];
  const faults: string[] = [];
  for (const hash of named) {
    if (!HASH.test(hash)) {
      faults.push('A row of the ledger names evidence by what is no hash.');
      continue;
    }
    const file = `evidence/${hash}.json`;
    const value = await jsonIn(folder, file).catch(() => undefined);
    if (value === undefined) faults.push(`${file} is missing: the ledger names it.`);
    else if (sha256(canonicalJson(value)) !== hash) faults.push(`${file} is not what the ledger names.`);
  }
  return faults;
};

/** Reads an export: its chains, and every file in it that was changed or is missing. */
export const readExport = async (folder: string): Promise<Archive> => {
  const sums = await readFile(path.join(folder, SUMS), 'utf8').catch(() => {
    throw new Usage(`There is no export in ${folder}: it has no ${SUMS}. cmk-guardian export <folder> makes one.`);
  });
  const listed = parseSums(sums);
  const there = await filesIn(folder);
  const files = there.filter((file) => file.startsWith('ledger/') && listed.has(file));
  const { chains, faults } = await chainsIn(folder, files);
  return {
    chains,
    faults: [...faults, ...(await changed(folder, there, listed)), ...(await evidenceFaults(folder, chains))],
  };
};
