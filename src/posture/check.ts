import type { Judgement } from './judgement.ts';
import type { PageKind } from './runbooks.ts';

/** A pure function of what was observed. `page`: the fault whose page says what to do where it fails. */
export type Check<Facts> = { readonly judge: (facts: Facts) => Judgement; readonly page?: PageKind };

/** Checks by their name; rows that say the same share one. */
export type Checks<Facts> = Readonly<Record<string, Check<Facts>>>;
