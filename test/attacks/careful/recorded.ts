import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Case } from './cases.ts';
import type { Fared } from './play-cases.ts';

/** `before`: the product as it was before the rules of the threat model, at commit 39f6669, on the local cloud of today. `after`: the product now. */
export type When = 'before' | 'after';

/** The result of every case, by its name: `asked (enableKey, revalidateConsumer)`. */
export type Recorded = Readonly<Record<string, string>>;

const fileOf = (when: When): string => path.join(import.meta.dirname, `${when}.json`);

export const DOCUMENT = path.join(import.meta.dirname, '../../../docs/security/careful.md');

export const readRecorded = (when: When): Recorded => JSON.parse(readFileSync(fileOf(when), 'utf8')) as Recorded;

export const record = (when: When, recorded: Recorded): void =>
  writeFileSync(fileOf(when), `${JSON.stringify(recorded, null, 2)}\n`);

const told = ({ fate, steps }: Fared): string => (steps.length > 0 ? `${fate} (${steps.join(', ')})` : fate);

export const byName = (cases: readonly Case[], fared: readonly Fared[]): Recorded =>
  Object.fromEntries(cases.flatMap(({ name }, at) => (fared[at] ? [[name, told(fared[at])] as const] : [])));

/** Names of the cases with another result, or with other steps; and of the cases that were not played twice. */
export const movedIn = (before: Recorded, after: Recorded): readonly string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => before[name] !== after[name]);
