import type { Guardian } from '../guardian.ts';

/**
 * Deletes what the last report does not name: it was of those before, or of one that was given up. Whoever was reading those has had a whole
 * period. While none was published nothing is deleted: the first may just be at work.
 */
export const deleteOldDocuments = async ({ store }: Pick<Guardian, 'store'>): Promise<void> => {
  const last = await store.postureReports.latest();
  if (last === undefined) return;
  const named = last.parts.flatMap(({ lines, coverage, tally }) => [lines, coverage, tally]);
  await store.postureDocuments.keepOnly(new Set(named));
};
