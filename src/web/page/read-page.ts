import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { PageFile, PageManifest } from './manifest.ts';

/** The files of the page. A name that is not in the manifest is never looked for in the folder. */
export type PageFiles = {
  find(name: string): Promise<PageFile | undefined>;
  read(name: string, encoding: 'br' | 'gzip' | undefined): Promise<Uint8Array>;
};

const ENDINGS = { br: '.br', gzip: '.gz' } as const;

const manifestIn = async (folder: string): Promise<PageManifest> =>
  JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8'));

/** Reads from a folder that never changes while the process lives; its manifest is read once. */
export const openPage = (folder: string): PageFiles => {
  let listed: Promise<PageManifest> | undefined;
  const list = (): Promise<PageManifest> => {
    listed ??= manifestIn(folder).catch((error: unknown) => {
      listed = undefined;
      throw error;
    });
    return listed;
  };
  return {
    find: async (name) => {
      const all = await list();
      return Object.hasOwn(all, name) ? all[name] : undefined;
    },
    read: (name, encoding) => readFile(path.join(folder, encoding ? `${name}${ENDINGS[encoding]}` : name)),
  };
};
