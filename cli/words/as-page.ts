import { FAULT_WORDS, STEP_NAMES, STEP_WORDS } from '../../page/words/names.ts';
import { sayIn, sayNamed } from '../../page/words/say.ts';
import type { Word } from '../../page/words/word.ts';
import type { FindingKind } from '../../src/remediation/model/faults.ts';
import type { StepKind } from '../../src/remediation/steps/steps.ts';
import { nameAt, spoken } from './names.ts';

const say = sayIn('en');

type Named = `fault.${FindingKind}` | `step.${StepKind}` | `stepName.${StepKind}`;

/** The words of the page. A fault or a step of the product without words does not compile here. */
const NAMED: Readonly<Record<Named, Word>> = { ...FAULT_WORDS, ...STEP_WORDS, ...STEP_NAMES };

const isNamed = (key: string): key is Named => Object.hasOwn(NAMED, key);

const within = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);

/** The code in words of its own is for an app that is newer than this command line. */
const named = (room: 'fault' | 'stepName', code: string): string => {
  const key = `${room}.${code}`;
  return isNamed(key) ? within(say(key)) : spoken(code);
};

/** A fault, as the page names it. */
export const faultIn = (kind: string): string => named('fault', kind);

/** The effect of a step without the name of a resource, as the page names it: `extend an expiry`. */
export const stepNameIn = (step: string): string => named('stepName', step);

/** The same with the code, which a setting or a parameter takes: `extend an expiry (extendKeyExpiry)`. */
export const stepWithCode = (step: string): string => `${stepNameIn(step)} (${step})`;

/** The effect of a step on its target, as the page names it: `extend the expiry of kv-orders/cmk`. */
export const stepIn = (step: string, target: string): string => {
  const key = `step.${step}`;
  const name = nameAt(target);
  return isNamed(key) ? say(key, { name }) : `${spoken(step)} ${name}`;
};

/** A moment, as the page names it. */
export const happenedIn = (what: string): string => {
  const word = sayNamed(say, 'moment', what);
  return word === what ? spoken(what) : within(word);
};

/** `3 are down`: a count in the words of the page's first sentence. */
export const countedAs = (what: 'down' | 'overdue' | 'threatened' | 'answers' | 'working', n: number): string =>
  say(`now.${what}`, { n });

type Pause = { readonly by: string; readonly why: string };

/** What people have paused, as the page says it; `undefined` where nothing is. `paused`: the pause of everything. */
export const pausedIn = (all: {
  readonly paused: Pause | null;
  readonly pauses: readonly Pause[];
}): string | undefined => {
  const first = all.paused ?? all.pauses[0];
  if (first === undefined) return undefined;
  const what = all.paused ? say('now.paused') : say('now.pausedScope', { n: all.pauses.length });
  return `${what} ${say('now.pausedBy', { by: first.by, why: first.why })}`;
};

/** Said where there is no key at all, and so nothing to be well. */
export const nothingFound = say('now.nothing');
