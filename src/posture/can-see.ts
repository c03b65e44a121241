import { STEPS, type StepKind } from '../remediation/steps/steps.ts';
import type { VaultReach } from './coverage-facts.ts';
import { placeOfStep } from './step-needs.ts';

export type Sight = { readonly sees: boolean | null; readonly why: readonly string[] };

const SEEN: Sight = { sees: true, why: [] };
const blind = (why: string): Sight => ({ sees: false, why: [why] });

/** Whether the product can see the fault that the step would repair. */
export const canSee = (step: StepKind, { vault, dataPlane, keysSeen }: VaultReach): Sight => {
  if (vault.kind === 'unknown') return blind(vault.reason);
  if (placeOfStep(step) !== 'key') return SEEN;
  // Deleted keys, and keys that are gone, can be seen only on the data plane.
  if (STEPS[step].gives === 'key') {
    if (dataPlane.kind === 'open') return SEEN;
    return dataPlane.kind === 'unknown'
      ? { sees: null, why: [dataPlane.reason] }
      : blind(`Deleted keys are seen on the data plane alone: ${dataPlane.reason}`);
  }
  return keysSeen.kind === 'unknown' ? blind(keysSeen.reason) : SEEN;
};
