import { heldNow } from '../../remediation/policy/held-now.ts';
import type { KeyState } from '../../store/key-state.ts';
import type { Store } from '../../store/store.ts';

type Decided = Pick<KeyState, 'verdict'>;

const asks = ({ verdict }: Decided): boolean =>
  verdict?.decision.verdicts.some((one) => one.verdict === 'ask') ?? false;

/**
 * Keys with their present questions: after a person has forbidden or paused a repair, the question is over, also before the next
 * look. One call to storage, and none where there is no question.
 */
export const withOverrides = async <Of extends Decided>(
  { store }: { readonly store: { readonly records: Pick<Store['records'], 'inForce'> } },
  all: readonly Of[],
  now: Date,
): Promise<readonly Of[]> => {
  if (!all.some(asks)) return all;
  const overrides = await store.records.inForce(now.toISOString());
  return all.map((state) =>
    state.verdict === undefined
      ? state
      : { ...state, verdict: { ...state.verdict, decision: heldNow(state.verdict.decision, overrides, now) } },
  );
};
