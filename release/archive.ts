import { unzipSync, type Zippable, zipSync } from 'fflate';
import type { PackageFiles } from './package-files.ts';

/** A zip holds local time without a zone; made of its parts, this one is the same bytes in every zone. */
const FIRST_DAY_OF_ZIP = new Date(1980, 0, 1);

/** Unix made it (3), a file that everybody may read: rw-r--r--. */
const READABLE = { os: 3, attrs: 0o100_644 << 16 } as const;

/** The files as one zip: the same files in the same order give the same bytes, whatever the machine's time, zone and zlib. */
export const zip = (files: PackageFiles): Uint8Array => {
  const entries: Zippable = {};
  for (const [name, bytes] of files) entries[name] = [bytes, { level: 6, mtime: FIRST_DAY_OF_ZIP, ...READABLE }];
  return zipSync(entries);
};

/** @throws Error where it is no zip */
export const unzip = (archive: Uint8Array): PackageFiles => new Map(Object.entries(unzipSync(archive)));
