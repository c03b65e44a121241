import type { PostureReport } from '../posture/report.ts';
import { fromJsonColumns, toJsonColumns } from './json-columns.ts';
import type { Table } from './table.ts';

const PARTITION = 'posture';
const LATEST = 'latest';

/** The last posture report: where its parts are. The parts themselves are posture documents. */
export type PostureReports = {
  /** `undefined` until the first report is made. One call. */
  latest(): Promise<PostureReport | undefined>;
  /** One call to storage. */
  publish(report: PostureReport): Promise<void>;
};

export const openPostureReports = (records: Table): PostureReports => ({
  latest: async () => {
    const row = await records.get(PARTITION, LATEST);
    return row && (fromJsonColumns(row) as PostureReport);
  },
  publish: async (report) => {
    const row = { partitionKey: PARTITION, rowKey: LATEST, ...toJsonColumns(report) };
    await records.write({ kind: 'put', row });
  },
});
