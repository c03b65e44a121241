import type { Risk } from './risk.ts';
import { isStepKind, STEPS } from './steps.ts';

/**
 * Whether something may contest a step: what undoes an act can be undone by that act again. What only restores takes nothing
 * from anybody, and what cannot be undone stays done. `risk`: in this case, where that is known.
 */
export const isContested = ({ kind, risk }: { readonly kind: string; readonly risk?: Risk }): boolean =>
  risk === 'reversal' || (isStepKind(kind) && STEPS[kind].risk === 'reversal');
