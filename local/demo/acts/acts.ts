import type { Act } from './act.ts';
import { alert } from './alert.ts';
import { deletion } from './deletion.ts';
import { expiry } from './expiry.ts';
import { replica } from './replica.ts';

/** Every act by its name on the command line. */
export const ACTS = { expiry, deletion, replica, alert } as const satisfies Readonly<Record<string, Act>>;

export type ActName = keyof typeof ACTS;

export const ACT_NAMES = Object.keys(ACTS) as readonly ActName[];

/** The acts that are played where the command line asks for no single one. */
const STORY: readonly ActName[] = ['expiry', 'deletion'];

export const actsFor = (name: ActName | undefined): readonly Act[] =>
  (name === undefined ? STORY : [name]).map((one) => ACTS[one]);
