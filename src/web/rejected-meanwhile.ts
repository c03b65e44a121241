import type { Guardian } from '../loop/guardian.ts';
import type { Approval } from '../remediation/model/records.ts';
import { isRejectedSince, rejectionSentence } from '../remediation/policy/rejection.ts';
import type { AskedOfKey } from './asked-plans.ts';
import { type DoorAnswer, refusal } from './door.ts';

/**
 * Why an approval that was just stored does not count: a rejection at the same time, or one that came before the answer, wins. It
 * is read after the approval was written, since neither route waits for the other. `undefined` where there is no such rejection.
 */
export const rejectedMeanwhile = async (
  { store }: Pick<Guardian, 'store'>,
  { state: { keyId } }: AskedOfKey,
  { incident, stepIds, at }: Approval,
): Promise<DoorAnswer | undefined> => {
  const state = await store.records.attested(await store.keyRows.read(keyId));
  const rejections = state.rejections.filter(
    (one) =>
      one.incident === incident && stepIds.some((stepId) => isRejectedSince({ stepId }, { rejections: [one] }, at)),
  );
  if (rejections.length === 0) return undefined;
  const said = rejections.map(rejectionSentence).join(' ');
  return refusal(
    409,
    'RejectedMeanwhile',
    `${said} Your yes of ${at} is kept, and does not count for what was rejected: of the same instant, or later, the no stands. Who still approves sends it again.`,
    { rejections },
  );
};
