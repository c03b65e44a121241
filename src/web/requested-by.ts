import { keyOf } from '../remediation/model/key-ref.ts';
import type { Step } from '../remediation/steps/step.ts';
import type { AskedPlan, StepRequest } from '../store/key-state.ts';

export type RequestOfKey = { readonly keyId: string; readonly request: StepRequest };

/** A plan was written by the product's own code, and is attested; an older one may lack what was added since. */
type Planned = Pick<Step, 'kind' | 'target'> & Partial<Pick<Step, 'touches' | 'serves' | 'parameters'>>;

const idsOf = ({ target, touches = [], serves = [] }: Planned): readonly string[] => [target, ...touches, ...serves];

/** What is done to a vault is done for all its keys, whichever of them a person named. */
const isOfVault = ({ target, parameters }: Planned): boolean => target === parameters?.vaultId;

const isWished = (step: Planned, planKey: string, { keyId, request }: RequestOfKey): boolean =>
  step.kind === request.step &&
  (idsOf(step).some((id) => id.toLowerCase() === request.target.toLowerCase()) ||
    (isOfVault(step) && keyOf(keyId).host === keyOf(planKey).host));

/**
 * Whether a person has requested any of what a plan does: on its own key whatever that was, on another key the same step on
 * anything that this plan touches. A request is kept with one key; its repair may be asked for many.
 */
export const hasRequested = (
  person: string,
  { keyId, asked }: { readonly keyId: string; readonly asked: AskedPlan },
  requests: readonly RequestOfKey[],
): boolean =>
  requests
    .filter(({ request }) => request.by === person)
    .some(
      (one) => one.keyId === keyId || (asked.steps as readonly Planned[]).some((step) => isWished(step, keyId, one)),
    );
