import type { Judgement } from './judgement.ts';
import type { PageKind } from './runbooks.ts';

/** A pure function of the observed facts. `page`: the fault whose page gives the advice where the check fails. */
export type Check<Facts> = { readonly judge: (facts: Facts) => Judgement; readonly page?: PageKind };

/** Checks by their name. Rows with the same statement share one check. */
export type Checks<Facts> = Readonly<Record<string, Check<Facts>>>;
