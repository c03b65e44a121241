import type { Guardian } from '../loop/guardian.ts';
import type { Approval } from '../remediation/model/records.ts';
import { isRejectedSince, rejectionSentence } from '../remediation/policy/rejection.ts';
import type { AskedOfKey } from './asked-plans.ts';
import { type DoorAnswer, refusal } from './door.ts';

/**
 * Why a yes that was just kept does not count: of what two people say in one instant the no stands, and so does one that came in
 * before the answer. Read after the yes was written, since neither door waits for the other. `undefined` where nothing stands
 * against it.
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
