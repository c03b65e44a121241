import type { Believed } from '../../remediation/protocol/believe.ts';
import type { KeyState } from '../../store/key-state.ts';
import { verifiedBaseline } from './known.ts';

/**
 * Stored data of a key that the product does not believe, in sentences for people. `attested`: the same state without
 * approvals and rejections that no HTTP route has attested, and without plans that were not asked.
 */
export const doubtsOf = (stored: KeyState, attested: KeyState, believed: Believed): readonly string[] => {
  const { keyId } = stored;
  if (believed.kind === 'broken')
    return [
      `The ledger of ${keyId} is not intact: ${believed.fault} Nothing that is kept of this key counts, and nothing is repaired on it.`,
    ];
  const isDoubted = stored.baseline !== undefined && verifiedBaseline(stored, believed.proven) === undefined;
  const genuine = new Set<unknown>([...attested.approvals, ...attested.rejections, ...attested.asked]);
  return [
    ...(isDoubted
      ? [`The healthy state that is kept of ${keyId} is not proven by the ledger: it counts for nothing.`]
      : []),
    ...stored.approvals
      .filter((approval) => !genuine.has(approval))
      .map(
        ({ by, planId }) =>
          `An approval of ${planId} in the name of ${by} was given at no door: it counts for nothing.`,
      ),
    ...stored.rejections
      .filter((rejection) => !genuine.has(rejection))
      .map(
        ({ name, planId }) =>
          `A rejection of ${planId} in the name of ${name} was given at no door: it counts for nothing.`,
      ),
    ...stored.asked
      .filter((plan) => !genuine.has(plan))
      .map(({ planId }) => `What was kept of the plan ${planId} is not what was asked: it is asked anew.`),
  ];
};
