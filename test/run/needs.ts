import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A shared resource of the tests of a run. A run of a few suites makes only the resources that these suites can reach. */
export type Part = 'storage' | 'app' | 'sampleApp' | 'programs';

/** A file with one of these words uses the part: the functions of ground.ts, and the variable with the app's folder. */
const WORDS: Readonly<Record<Part, RegExp>> = {
  storage: /\brunStorage\b/,
  app: /\b(?:BUILT_APP|packageFile)\b/,
  sampleApp: /\bsampleApp\b/,
  programs: /\bbundled\(/,
};

export const PARTS = Object.keys(WORDS) as readonly Part[];

/** The set-up itself contains the words, but is no user of a part. */
const HERE = new Set(['ground.ts', 'needs.ts', 'set-up.ts'].map((name) => path.join(import.meta.dirname, name)));

/** Types vanish before a test runs. */
const OF_TYPES = /^(?:import|export) type [^;]*;$/gm;

const NAMED = /'([^'\s]+\.(?:ts|tsx|js))'/g;

/** The files that a file imports, or names as a program that it starts: beside it, or below the root. */
const namedIn = (file: string, text: string): readonly string[] =>
  [...text.replaceAll(OF_TYPES, '').matchAll(NAMED)].flatMap(([, name = '']) =>
    [path.join(path.dirname(file), name), path.join(import.meta.dirname, '../..', name)].filter((one) =>
      existsSync(one),
    ),
  );

/** The parts that suites use, themselves or by their imports. Absolute paths. The search ends once all parts are found. */
export const partsNeeded = (suites: readonly string[]): ReadonlySet<Part> => {
  const needed = new Set<Part>();
  const seen = new Set(suites);
  for (const file of seen) {
    if (needed.size === PARTS.length) break;
    const text = readFileSync(file, 'utf8');
    if (!HERE.has(file)) for (const part of PARTS) if (WORDS[part].test(text)) needed.add(part);
    for (const other of namedIn(file, text)) seen.add(other);
  }
  return needed;
};
