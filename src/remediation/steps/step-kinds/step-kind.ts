import type { Risk } from '../risk.ts';

/** What names a step of a kind: all that a person approves, nothing that changes with the day (durations instead of dates). */
export type Named<Parameters> = {
  /** A vault or a consumer by its ARM id, lower-cased; a key, or versions of it, by the key identifier without version. */
  readonly target: string;
  readonly parameters: Parameters;
};

/** What is true of every step of a kind. */
export type StepKindOf<Parameters> = {
  readonly risk: Risk;
  /** Whether more may be wrong than can be seen before it is done. */
  readonly reveals?: true;
  /** Azure actions the product needs for it, as in its custom role. */
  readonly actions: (spec: Named<Parameters>) => readonly string[];
  readonly undo: (spec: Named<Parameters>) => string;
  readonly sentence: (spec: Named<Parameters>) => string;
};
