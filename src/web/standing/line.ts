import type { Decision } from '../../remediation/policy/policy-types.ts';

/**
 * What a consumer has lost or is about to lose. `since`: when it was first seen to refuse connections, so that it is down since then at
 * the latest; `by`: when it loses its key; ISO 8601. `weakened`: it goes on, without something that it needs now
 * and then. `unclear`: nobody can tell. `posture`: nothing is lost, something could be better.
 */
export type LineHarm =
  | { readonly kind: 'down'; readonly since: string }
  | { readonly kind: 'losesKey'; readonly by: string }
  | { readonly kind: 'weakened' | 'unclear' | 'posture' | 'none' };

/**
 * What comes next, and who has to do it. `repairs`: the product, by itself. `asks`: a person says yes. `held`: a step that may not be
 * made now, with what holds it. `person`: what no step does. `cannotSee`: a person lets the product see.
 */
export type NextAction = {
  readonly kind: 'repairs' | 'asks' | 'held' | 'looksAgain' | 'person' | 'cannotSee' | 'none';
  readonly sentence: string;
};

/** `steps`: the first of those that concern the consumer, with policy's word on each. */
export type LinePlan = {
  readonly id: string;
  readonly steps: readonly { readonly kind: string; readonly target: string; readonly verdict: string }[];
};

/** How one consumer of a key stands, or the key itself where no consumer is concerned. Times are ISO 8601. */
export type Line = {
  /** Of the key: `GET /api/reconciliations/{id}`. */
  readonly id: string;
  readonly key: string;
  readonly vault: string;
  readonly consumer?: { readonly id: string; readonly name: string; readonly kind: string };
  /** Of the key, as it was last assessed. */
  readonly verdict: Decision['kind'] | undefined;
  /** The root of what harms it most; none where nothing is found. */
  readonly fault?: string;
  /** What else is found with it. */
  readonly otherFaults: readonly string[];
  readonly sentence: string;
  readonly harm: LineHarm;
  /** Since when there is this fault, so far as Azure tells, else since it was first seen. */
  readonly since?: string;
  readonly deadline?: string;
  /** What the tag of the setting GUARDIAN_OWNER_TAG said when the verdict was recorded. */
  readonly owner?: string;
  readonly plan?: LinePlan;
  readonly nextAction: NextAction;
  readonly incident?: string;
  readonly notes: readonly string[];
  /** The last assesses have thrown: the verdict is that of an earlier one. */
  readonly notAssessed?: { readonly since: string; readonly at: string; readonly times: number; readonly why: string };
  /** When this was written down. */
  readonly changedAt: string;
};
