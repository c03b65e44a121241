import type { Durable, Guardian } from '../loop/guardian.ts';
import type { PostureReport } from '../posture/report.ts';
import type { DoorAnswer } from './door.ts';

/** Answers with the last report; while there is none, has it made and says when to come again. */
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
