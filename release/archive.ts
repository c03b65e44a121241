import { unzipSync, type Zippable, zipSync } from 'fflate';
import type { PackageFiles } from './package-files.ts';

/** A zip holds local time without a zone; this one is built from its parts, so the bytes are the same in every time zone. */
const FIRST_DAY_OF_ZIP = new Date(1980, 0, 1);

/** The file attributes of Unix (3): every user may read the file (rw-r--r--). */
const READABLE = { os: 3, attrs: 0o100_644 << 16 } as const;

/**
 * The files as one zip: the same files in the same order give the same bytes, independent of the machine's time, zone and zlib.
 */
export const zip = (files: PackageFiles): Uint8Array => {
  const entries: Zippable = {};
  for (const [name, bytes] of files) entries[name] = [bytes, { level: 6, mtime: FIRST_DAY_OF_ZIP, ...READABLE }];
  return zipSync(entries);
};

/** @throws Error where the bytes are not a zip */
export const unzip = (archive: Uint8Array): PackageFiles => new Map(Object.entries(unzipSync(archive)));
