/**
 * The whole app for stories: the real bundle, built for this run, on the embedded host, on a local cloud
 * whose world is made from plain data, on one virtual clock that stands still unless a story lets it pass.
 *
 *   const app = await startApp({ world: ORDERS, wake: 'sweep', settings: { GUARDIAN_MODE: 'auto' } });
 *   expireKey(app);                                     // test/builders/incident.ts: changes of the world
 *   await app.until('orders serves again', () => serves(app, 'orders'), 30 * MINUTE);
 *
 * `wake` names the wake-ups of the product: the sweep's schedule, Event Grid, or only its API. The run has one Azurite; every
 * app has tables of its own there. Everything is stopped after each test. A request that the local cloud does not simulate fails
 * the test, as does one with another api-version than the product's table has for its type, and any secret in the output of host
 * and app, in storage, or in an answer of the API.
 */
import { expect } from 'vitest';
import { cleanUpAfterEach } from '../run/clean-up.ts';
import { runStorage } from '../run/ground.ts';
import { type App, type AppPlan, faultsOf, openApp } from './open-app.ts';

export * from './open-app.ts';

const running: App[] = [];
const faults: string[] = [];

cleanUpAfterEach(async () => {
  for (const app of running.splice(0)) await app.close();
  expect(faults.splice(0)).toEqual([]);
});

/** The app is searched for secrets before it is closed, by the story or after it; a second call does nothing. */
const closedOnce = (app: App): (() => Promise<void>) => {
  const close = async (): Promise<void> => {
    try {
      faults.push(...(await faultsOf(app)));
    } finally {
      await app.close();
    }
  };
  let closing: Promise<void> | undefined;
  return () => {
    closing ??= close();
    return closing;
  };
};

export const startApp = async (plan: AppPlan): Promise<App> => {
  const opened = await openApp(plan, runStorage());
  const app = { ...opened, close: closedOnce(opened) };
  running.push(app);
  return app;
};
