import type { Unreadable } from '../../azure/consumers/consumer-type.ts';
import type { Guardian } from '../guardian.ts';
import { PRODUCT_CHAIN, recordOnce } from '../record.ts';

/** Says what could not be read in scope, once for as long as it stays the same. */
export const reportUnreadable = async (guardian: Guardian, unreadable: readonly Unreadable[]): Promise<void> => {
  if (unreadable.length === 0) return;
  const detail = unreadable.map(({ id, reason }) => ({ id, reason }));
  if (!(await recordOnce(guardian, 'unreadable', detail))) return;
  await guardian.notify({
    keyId: PRODUCT_CHAIN,
    verdict: 'report',
    sentences: unreadable.map(({ id, reason }) => `${id} could not be read: ${reason}.`),
  });
};
