import { type App, NEXT_SWEEP, startApp } from '../builders/app.ts';
import { loseOrders, orders, single } from '../builders/incident.ts';
import { letPeopleIn, SIGNED_IN } from './people.ts';

/** An app of people with nothing wrong, seen once. */
export const atRest = async (settings: Readonly<Record<string, string>> = {}): Promise<App> => {
  const plan = { world: orders([single('orders')]), wake: 'sweep', settings: { ...SIGNED_IN, ...settings } } as const;
  const app = await startApp(plan);
  await letPeopleIn(app);
  await app.pass(NEXT_SWEEP);
  return app;
};

/** The key has expired, orders is down, and the product asks for the repair. */
export const asking = async (): Promise<App> => {
  const plan = { world: orders([single('orders')]), wake: 'sweep' } as const;
  const app = await startApp({ ...plan, settings: { ...SIGNED_IN, GUARDIAN_MODE: 'approve' } });
  await letPeopleIn(app);
  await loseOrders(app);
  await app.pass(NEXT_SWEEP);
  return app;
};
