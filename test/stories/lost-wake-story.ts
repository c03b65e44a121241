import { type App, MINUTE, SECOND, sharedAzurite, startApp } from '../builders/app.ts';
import { expireKey, isDown, KEY, orders, serves, single } from '../builders/incident.ts';
import { statusOf } from '../builders/people.ts';
import { type SlowTables, slowTables } from '../builders/slow-tables.ts';

/** Each incident of this story has two or three root causes, and one follows the other. */
const NO_FUSE = { GUARDIAN_FUSE_ROOT_CAUSES: '9999' };

const wake = (app: App) => app.call({ method: 'POST', path: '/api/reconciliations', body: { key: KEY } });

/** A door that cannot promise an assess answers 503; its caller sends again. */
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

const bothServe = (app: App): boolean => serves(app, 'orders') && serves(app, 'billing');

/**
 * The first server breaks and a run begins; where the run makes its n-th request to the tables the second server breaks
 * and the key is woken again. `false`: the run made fewer requests.
 */
const breakAt = async (app: App, tables: SlowTables, n: number): Promise<boolean> => {
  app.cloud.world.switches.inaccessibleAfterSeconds = 30;
  expireKey(app, 1);
  await app.until('orders is down', () => isDown(app, 'orders'), 15 * MINUTE);
  tables.stallAt(n);
  await wakeUntilPromised(app);
  await app.clock.advance(2 * MINUTE, tables.reached);
  if (!tables.reached()) return false;
  await breakBilling(app);
  await wakeUntilPromised(app);
  await app.clock.advance(30 * MINUTE, () => bothServe(app));
  await app.pass(MINUTE);
  return true;
};

/** The first n at which a wake-up was lost, if any, and how many were tried. One app lives through all of it; nothing else wakes it. */
export const lostWakes = async (): Promise<{ readonly lost: readonly string[]; readonly tried: number }> => {
  const tables = await slowTables((await sharedAzurite()).connectionString);
  const settings = { ...NO_FUSE, AzureWebJobsStorage: tables.connectionString };
  const world = orders([single('orders', 1), single('billing', 2)], { versions: 2 });
  const app = await startApp({ world, wake: 'doors', settings });
  tables.attach(app.clock);
  const lost: string[] = [];
  let n = 1;
  for (; await breakAt(app, tables, n); n++) {
    const { verdict, runtimeStatus } = await statusOf(app);
    if (bothServe(app) && verdict === 'healthy' && runtimeStatus === 'Completed') continue;
    lost.push(`at request ${n}: ${verdict}, ${runtimeStatus}, ${bothServe(app) ? 'both serve' : 'a server is down'}`);
    break;
  }
  tables.close();
  return { lost, tried: n - 1 };
};
