import { createHash } from 'node:crypto';
import path from 'node:path';
import type { PageManifest } from '../../src/web/page/manifest.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const typeOf = (name: string): string => {
  const type = TYPES[path.extname(name)];
  if (type === undefined) throw new Error(`No content type is known for ${name}: add it in page/build/manifest-of.ts`);
  return type;
};

/** A name that changes with the content: a browser that has the file need not request it again. */
const IS_HASHED = /-[A-Z0-9]{8}\.\w+$/;

const ENCODINGS = [
  ['br', 'br'],
  ['gzip', 'gz'],
] as const;

/** The files that a browser may request, and the headers of each. `there`: all names, with those of the compressed files. */
export const manifestOf = (files: ReadonlyMap<string, Uint8Array>, there: ReadonlySet<string>): PageManifest =>
  Object.fromEntries(
    [...files].map(([name, bytes]) => [
      name,
      {
        type: typeOf(name),
        hash: createHash('sha256').update(bytes).digest('hex').slice(0, 32),
        isImmutable: IS_HASHED.test(name),
        encodings: ENCODINGS.filter(([, ending]) => there.has(`${name}.${ending}`)).map(([encoding]) => encoding),
      },
    ]),
  );
