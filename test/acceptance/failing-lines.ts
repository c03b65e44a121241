import type { PostureLine } from '../../src/posture/lines.ts';
import { copyName, type Subject } from '../builders/breaking/subjects.ts';
import { MINUTE } from '../builders/durations.ts';
import type { Stage } from './scenario.ts';

/** The failing lines of the product's own report, after it has looked at everything once more. */
export const failingLines = async (stage: Stage): Promise<readonly PostureLine[]> => {
  await stage.call({ method: 'POST', path: '/api/posture' });
  await stage.clock.advance(3 * MINUTE);
  const { status, body } = await stage.call({ method: 'GET', path: '/api/posture?verdict=fail' });
  if (status !== 200) throw new Error(`There is no posture report: ${status} ${JSON.stringify(body)}`);
  const { lines } = body as { lines: readonly PostureLine[] };
  // No resource of these worlds has tags: a report without a failing line would not have looked.
  if (lines.length === 0) throw new Error('The posture report fails nothing, not even what nobody has set up.');
  return lines;
};

/** Whether the line is about the subject or its copy. */
export const isAbout = ({ subject: id }: PostureLine, subject: Subject): boolean =>
  [subject.name, copyName(subject)].includes(id.split('/').at(-1) ?? '');
