import type { Durable, Guardian } from '../loop/guardian.ts';
import type { PostureReport } from '../posture/report.ts';
import type { DoorAnswer } from './door.ts';

/** Answers with the last report. Where there is none yet, it starts one and says when to ask again. */
export const reportOr = async (
  { store }: Guardian,
  durable: Durable,
  answer: (report: PostureReport) => Promise<DoorAnswer>,
): Promise<DoorAnswer> => {
  const report = await store.postureReports.latest();
  if (report) return answer(report);
  await durable.start('posture');
  return { status: 202, headers: { 'Retry-After': '30' }, body: { status: 'The first report is being made.' } };
};
