import { beforeAll, describe, expect, it } from 'vitest';
import { MINUTE, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import {
  EXTENSION,
  expireKey,
  ledgerOf,
  orders,
  REVALIDATION,
  serves,
  single,
  writes,
} from '../../builders/incident.ts';
import { repeated, sampled } from '../../run/exhaustive.ts';
import {
  entriesOf,
  expectSameStory,
  killHostAfterLine,
  killWorkerAt,
  NO_KILL,
  type Told,
  tell,
} from './killing-story.ts';

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

  it.each(sampled([37, 52], 0))('tells the same when the host is killed after line %i of its journal', async (line) => {
    const told = await tell(killHostAfterLine(line));
    expect(told.hostDeaths).toBe(1);
    expectSameStory(told, undisturbed);
    expect(told.writes).toEqual(undisturbed.writes);
  });

  repeated.each([
    ['start', 13],
    ['effect', 17],
  ] as const)('tells the same when the worker is killed at the %s of activity %i', async (moment, activity) => {
    const told = await tell(killWorkerAt(moment, activity));
    expect(told.workerDeaths).toBe(1);
    expectSameStory(told, undisturbed);
  });

  repeated.each([
    ['extension', 'PATCH *', EXTENSION],
    ['revalidation', 'PUT *', REVALIDATION],
  ])('sends no second %s while the first may still arrive', async (_, route, write) => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep' });
    await app.pass(NEXT_SWEEP);
    app.cloud.faults.add({ route, kind: 'timeout', rate: 1, times: 1 });
    expireKey(app);
    const sent = () => writes(app).filter((one) => write.test(one)).length;
    await app.until('the write is under way', () => sent() === 1, 15 * MINUTE);
    const begun = app.clock.now();
    await app.restartHost();
    await app.until('it is sent again', () => sent() === 2, 15 * MINUTE);
    expect(app.clock.now() - begun).toBeGreaterThanOrEqual(MINUTE);
    await app.until('orders serves again', () => serves(app, 'orders'), 15 * MINUTE);
    await app.pass(NEXT_SWEEP);
    expect(entriesOf(await ledgerOf(app))).toEqual(undisturbed.ledger);
  });
});
