import type { Reach, ScopeSetting } from '../../remediation/model/reach.ts';
import { NOTHING_FOLLOWED, reachOf } from '../../remediation/protocol/followed.ts';
import type { FollowedRow } from '../../store/followed.ts';

/** After this time at most, a subscription that another worker has found is in scope in this process too. */
const KEPT_MS = 30_000;

export type KnownReach = {
  /** Makes no call. Before the first read, no subscription below a management group is in scope. */
  now(): Reach;
  /** Reads the scopes. Throws what only a retry cures. */
  read(): Promise<void>;
  /** Reads the scopes where they were not read recently. */
  renew(): Promise<void>;
};

/** The scopes of the product, in this process. No call where no management group is named. */
export const openReach = (setting: ScopeSetting, rows: Pick<FollowedRow, 'read'>): KnownReach => {
  let reach = reachOf(setting, NOTHING_FOLLOWED);
  let readAt: number | undefined;
  const read = async (): Promise<void> => {
    if (setting.managementGroups.length === 0) return;
    const at = Date.now();
    const { followed } = await rows.read();
    reach = reachOf(setting, followed);
    readAt = at;
  };
  return {
    now: () => reach,
    read,
    renew: async () => {
      if (readAt === undefined || Date.now() - readAt >= KEPT_MS) await read();
    },
  };
};
