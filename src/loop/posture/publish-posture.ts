import { addTallies, type Tally } from '../../posture/report.ts';
import type { Guardian } from '../guardian.ts';
import type { PosturePublished } from '../messages.ts';
import { fetchDocument } from './put-parts.ts';

/** Publishes this report: from now on every reader gets it. */
export const publishPosture = async (guardian: Guardian, made: PosturePublished): Promise<number> => {
  const tallies = await Promise.all(made.parts.map(({ tally }) => fetchDocument(guardian, tally)));
  const finishedAt = new Date().toISOString();
  await guardian.store.postureReports.publish({ ...made, finishedAt, tally: addTallies(tallies as Tally[]) });
  await guardian.store.beats.beat('postureEnded', finishedAt);
  return made.parts.length;
};
