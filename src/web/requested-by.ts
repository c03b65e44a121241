import { keyOf } from '../remediation/model/key-ref.ts';
import type { Step } from '../remediation/steps/step.ts';
import type { AskedPlan, StepRequest } from '../store/key-state.ts';

export type RequestOfKey = { readonly keyId: string; readonly request: StepRequest };

/**
 * A step of a stored plan. The product's own code wrote it and the ledger proves it; one of an older release may lack newer
 * members.
 */
type Planned = Pick<Step, 'kind' | 'target'> & Partial<Pick<Step, 'touches' | 'serves' | 'parameters'>>;

const idsOf = ({ target, touches = [], serves = [] }: Planned): readonly string[] => [target, ...touches, ...serves];

/** Whether the step is on a vault: it is for all keys of the vault, whichever of them a person named. */
const isOfVault = ({ target, parameters }: Planned): boolean => target === parameters?.vaultId;

const isWished = (step: Planned, planKey: string, { keyId, request }: RequestOfKey): boolean =>
  step.kind === request.step &&
  (idsOf(step).some((id) => id.toLowerCase() === request.target.toLowerCase()) ||
    (isOfVault(step) && keyOf(keyId).host === keyOf(planKey).host));

/**
 * Whether a person has requested any step of a plan. On the key of the plan every request of the person counts. On another key a
 * request counts for the same step on anything that the plan touches: a request is stored with one key, and its repair may be
 * asked for many.
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
