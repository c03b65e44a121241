import type { Reach, ScopeSetting } from '../../remediation/model/reach.ts';
import { NOTHING_FOLLOWED, reachOf } from '../../remediation/protocol/followed.ts';
import type { FollowedRow } from '../../store/followed.ts';

/** What another worker has found is in scope here so soon. */
const KEPT_MS = 30_000;

export type KnownReach = {
  /** Without a call. Until it was read, nothing below a management group is in it. */
  now(): Reach;
  /** Reads it. Throws what only a retry cures. */
  read(): Promise<void>;
  /** The same where it was not read of late. */
  renew(): Promise<void>;
};

/** Where the product looks, in this process. No call where no management group is named. */
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
