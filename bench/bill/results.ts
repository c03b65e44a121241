import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Custodian } from '../custodian/measure-custodian.ts';
import type { Measured } from '../figure.ts';
import type { Scaled } from '../scale/measure-scale.ts';
import { isSameShape, type Shape } from '../scale/shape.ts';
import type { Watched } from './counts.ts';

/** When, by which command and on what something was measured. */
export type Made = { readonly at: string; readonly command: string; readonly machine: string };

/** What the last runs have measured that were kept, each part by itself. */
export type Results = {
  readonly figures?: Made & { readonly measured: readonly Measured[] };
  readonly heal?: Made & { readonly measured: readonly Measured[] };
  readonly scale?: readonly (Scaled & Made)[];
  readonly bill?: { readonly watched: readonly (Watched & Made)[]; readonly custodian?: Custodian & Made };
};

const file = path.join(import.meta.dirname, '..', 'results.json');

export const readResults = (): Results => JSON.parse(readFileSync(file, 'utf8')) as Results;

export const keepResults = (results: Results): void =>
  writeFileSync(file, `${JSON.stringify({ ...readResults(), ...results }, null, 2)}\n`);

type Shaped = { readonly shape: Shape };

const byShape = ({ shape: a }: Shaped, { shape: b }: Shaped): number =>
  b.keysAVault - a.keysAVault || a.keys - b.keys || b.subscriptions - a.subscriptions;

/** The kept results, in which a new measurement replaces the earlier one of an estate of the same shape. */
export const withNew = <One extends Shaped>(kept: readonly One[], measured: readonly One[]): readonly One[] =>
  [...kept.filter((old) => !measured.some(({ shape }) => isSameShape(shape, old.shape))), ...measured].toSorted(
    byShape,
  );

/** The day, the command and the machine of a measurement that this process makes now. */
export const madeHere = (): Made => ({
  at: new Date().toISOString().slice(0, 10),
  command: ['npm run bench --', ...process.argv.slice(2)].join(' '),
  machine: `${os.availableParallelism()} cores of ${os.cpus()[0]?.model.trim() ?? 'unknown make'}, Node ${process.versions.node}`,
});
