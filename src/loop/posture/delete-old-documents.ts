import type { Guardian } from '../guardian.ts';

/**
 * Deletes the documents that the last report does not name. They belong to earlier reports, or to a report that was
 * given up. Readers of an earlier report have had a whole period for it. Before the first report is published nothing
 * is deleted, since it may be in the making.
 */
export const deleteOldDocuments = async ({ store }: Pick<Guardian, 'store'>): Promise<void> => {
  const last = await store.postureReports.latest();
  if (last === undefined) return;
  const named = last.parts.flatMap(({ lines, coverage, tally }) => [lines, coverage, tally]);
  await store.postureDocuments.keepOnly(new Set(named));
};
