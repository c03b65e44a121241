import type { Decision } from '../../remediation/policy/policy-types.ts';

/**
 * What a consumer has lost or will lose. `since`: when it was first seen to refuse connections, so that it is down since then or
 * earlier; `by`: when it loses its key; ISO 8601. `weakened`: it goes on without something that it needs only now and then.
 * `unclear`: the product cannot tell. `posture`: nothing is lost, something could be better.
 */
export type LineImpact =
  | { readonly kind: 'down'; readonly since: string }
  | { readonly kind: 'losesKey'; readonly by: string }
  | { readonly kind: 'weakened' | 'unclear' | 'posture' | 'none' };

/**
 * What happens next, and who must do it. `repairs`: the product, by itself. `asks`: a person must approve. `held`: a step may not
 * run now, with the reason. `person`: no step can do it. `cannotSee`: a person must let the product see.
 */
export type NextAction = {
  readonly kind: 'repairs' | 'asks' | 'held' | 'looksAgain' | 'person' | 'cannotSee' | 'none';
  readonly sentence: string;
};

/** `steps`: the first steps that serve the consumer, each with its verdict. */
export type LinePlan = {
  readonly id: string;
  readonly steps: readonly { readonly kind: string; readonly target: string; readonly verdict: string }[];
};

/** The state of one consumer of a key, or of the key itself where no consumer is concerned. Times are ISO 8601. */
export type Line = {
  /** The id of the key: `GET /api/reconciliations/{id}`. */
  readonly id: string;
  readonly key: string;
  readonly vault: string;
  readonly consumer?: { readonly id: string; readonly name: string; readonly kind: string };
  /** The last verdict on the key. */
  readonly verdict: Decision['kind'] | undefined;
  /**
   * The kind of the worst finding: the greatest impact first, and of equal impact a root cause first. Left out where there is no
   * finding.
   */
  readonly fault?: string;
  /** The kinds of the other findings. */
  readonly otherFaults: readonly string[];
  readonly sentence: string;
  readonly impact: LineImpact;
  /** Since when the fault exists, as far as Azure states it, else since it was first seen. */
  readonly since?: string;
  readonly deadline?: string;
  /** The value of the tag in the setting GUARDIAN_OWNER_TAG when the verdict was recorded. */
  readonly owner?: string;
  readonly plan?: LinePlan;
  readonly nextAction: NextAction;
  readonly incident?: string;
  readonly notes: readonly string[];
  /** The last assesses of the key have thrown: its verdict is from an earlier look. */
  readonly notAssessed?: { readonly since: string; readonly at: string; readonly times: number; readonly why: string };
  /** When the verdict, or the last failure, was stored. */
  readonly changedAt: string;
};
