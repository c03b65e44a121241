import { type App, MINUTE, SECOND } from '../../builders/app.ts';
import { expireKey, isDown, KEY, orders, serves, single } from '../../builders/incident.ts';
import { statusOf } from '../../builders/people.ts';
import { atEachRequest, type Interruption, type Outcome } from './at-each-request.ts';

const TWO_VERSIONS = orders([single('orders', 1), single('billing', 2)], { versions: 2 });

/** Each incident of this story has two or three root causes, and one follows the other. */
const NO_FUSE = { GUARDIAN_FUSE_ROOT_CAUSES: '9999' };

const wake = (app: App) => app.call({ method: 'POST', path: '/api/reconciliations', body: { key: KEY } });

/** A route that cannot promise an assess answers 503; its caller sends again. */
const wakeUntilPromised = async (app: App): Promise<void> => {
  for (let answer = await wake(app); answer.status !== 202; answer = await wake(app)) {
    if (answer.status !== 503) throw new Error(`The key could not be woken: ${answer.status}`);
    await app.pass(5 * SECOND);
  }
};

/** The version of the second server expires, and that server refuses connections at once. */
const breakBilling = async (app: App): Promise<void> => {
  const { clock, cloud } = app;
  expireKey(app, 2);
  cloud.world.switches.inaccessibleAfterSeconds = 0;
  await clock.hold(() => cloud.world.mysql.checkNow());
  await clock.settle();
};

/**
 * The first server breaks and a run begins; where the run makes its n-th request the second server breaks and the key is
 * woken again.
 */
const breakAt: Interruption = async (app, tables, n) => {
  app.cloud.world.switches.inaccessibleAfterSeconds = 30;
  expireKey(app, 1);
  await app.until('orders is down', () => isDown(app, 'orders'), 15 * MINUTE);
  tables.stallAt(n);
  await wakeUntilPromised(app);
  await app.clock.advance(2 * MINUTE, tables.reached);
  if (!tables.reached()) return { over: true };
  await breakBilling(app);
  await wakeUntilPromised(app);
  const bothServe = () => serves(app, 'orders') && serves(app, 'billing');
  await app.until(`both servers serve again, woken at request ${n}`, bothServe, 30 * MINUTE);
  await app.pass(MINUTE);
  const { verdict, runtimeStatus } = await statusOf(app);
  const isOver = verdict === 'healthy' && runtimeStatus === 'Completed';
  return { over: false, ...(!isOver && { fault: `${verdict}, ${runtimeStatus}` }) };
};

export const lostWakes = (every: number): Promise<Outcome> =>
  atEachRequest({ world: TWO_VERSIONS, settings: NO_FUSE }, every, breakAt);
