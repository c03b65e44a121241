import { beforeAll, describe, expect, it } from '@jest/globals';
import { expectSameStory, killHostAfterLine, killWorkerAt, NO_KILL, type Told, tell } from './killing-story.ts';

/** A sample; every line and every activity are in killing-*.exhaustive.test.ts. */
describe('a repair during which a process is killed', () => {
  let undisturbed: Told;
  beforeAll(async () => {
    undisturbed = await tell(NO_KILL);
  });

  it('has a story to be compared with: two writes, an intact ledger, the server ready again', () => {
    expect(undisturbed).toMatchObject({ hostDeaths: 0, workerDeaths: 0, verification: 'intact' });
    expect(undisturbed.history).toEqual(['keyLost', 'refused', 'ready']);
    expect(undisturbed.writes).toHaveLength(2);
    expect(undisturbed.ledger.at(-1)).toMatch(/^closed/);
  });

  it.each([9, 37, 52])('tells the same when the host is killed after line %i of its journal', async (line) => {
    const told = await tell(killHostAfterLine(line));
    expect(told.hostDeaths).toBe(1);
    expectSameStory(told, undisturbed);
    expect(told.writes).toEqual(undisturbed.writes);
  });

  it.each([
    ['start', 13],
    ['effect', 14],
    ['effect', 17],
  ] as const)('tells the same when the worker is killed at the %s of activity %i', async (moment, activity) => {
    const told = await tell(killWorkerAt(moment, activity));
    expect(told.workerDeaths).toBe(1);
    expectSameStory(told, undisturbed);
  });
});
