import type { Guardian } from '../loop/guardian.ts';
import { drySteps } from '../loop/posture/dry-steps.ts';
import { lookNow } from '../loop/reconcile/look.ts';
import { keyId } from '../remediation/model/key-ref.ts';
import type { Decision } from '../remediation/policy/policy-types.ts';
import type { KeyState, StepRequest } from '../store/key-state.ts';
import type { DoorAnswer } from './door.ts';
import type { Sought } from './find-key.ts';
import { withRunbooks } from './with-runbooks.ts';

/** The refusal of a start that is not dry; `undefined` where the start would begin. */
type Refuse = (decision: Decision) => DoorAnswer | undefined;

/** Adds the consumers that were just read, which may be newer than the last sweep. They are not stored. */
const withUses = (state: KeyState, { uses }: Sought): KeyState => {
  const { consumers: known } = state;
  if (known === undefined || uses.length === 0) return state;
  const ids = new Set(uses.map(({ id }) => id.toLowerCase()));
  const others = known.consumers.filter(({ id }) => !ids.has(id.toLowerCase()));
  return { ...state, consumers: { ...known, consumers: [...others, ...uses] } };
};

const wouldRefuse = (answer: DoorAnswer | undefined) => {
  if (answer === undefined) return {};
  const { detail, error } = answer.body as { readonly detail: string; readonly error: { readonly code: string } };
  return { refusal: { status: answer.status, code: error.code, detail } };
};

/**
 * Says what a start would do, in every mode, and does nothing: it writes nothing to Azure or storage, and starts nothing. `wish`:
 * the requested step, if there is one.
 */
export const dryRun = async (
  guardian: Guardian,
  sought: Sought,
  { wish, refuse }: { readonly wish?: StepRequest; readonly refuse?: Refuse } = {},
): Promise<DoorAnswer> => {
  const id = keyId(sought.key);
  const state = withUses(await guardian.store.keyRows.read(id), sought);
  const look = await lookNow(guardian, { ...state, requests: [...state.requests, ...(wish ? [wish] : [])] });
  const { kind, findings, plan, notes } = look.decision;
  return {
    status: 200,
    body: {
      dryRun: true,
      key: id,
      mode: guardian.settings.policy.mode,
      verdict: kind,
      findings: withRunbooks(findings),
      notes,
      planId: plan.planId,
      steps: await drySteps(guardian, look),
      ...wouldRefuse(refuse?.(look.decision)),
    },
  };
};
