import { isReached } from '../remediation/model/reach.ts';
import type { Guardian } from './guardian.ts';

/**
 * Which resources (ARM ids) are out of scope now: excluded, or in a subscription that was let go. It is read anew, because
 * another worker may have let a subscription go a moment ago. One call where management groups are followed.
 */
export const readOutOfReach = async ({
  renewReach,
  settings,
}: Pick<Guardian, 'renewReach' | 'settings'>): Promise<(id: string) => boolean> => {
  await renewReach();
  const reach = settings.reach();
  return (id) => !isReached(id, reach);
};
