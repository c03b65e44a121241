import type { Risk } from './risk.ts';
import { isStepKind, STEPS } from './steps.ts';

/**
 * Whether something may undo a step again and again: a step that undoes an act can be undone by the same act. A step that only
 * restores takes nothing from anybody, and a step that cannot be undone stays done. `risk`: the risk of this step, where it is
 * known.
 */
export const isContested = ({ kind, risk }: { readonly kind: string; readonly risk?: Risk }): boolean =>
  risk === 'reversal' || (isStepKind(kind) && STEPS[kind].risk === 'reversal');
