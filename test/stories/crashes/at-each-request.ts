import { type App, type AppPlan, startApp } from '../../builders/app.ts';
import { type SlowTables, slowTables } from '../../builders/slow-tables.ts';
import { runStorage } from '../../run/ground.ts';

/** `over`: the run made fewer requests, there is nothing left to interrupt. A fault is what did not hold, in words. */
export type Told = { readonly over: boolean; readonly fault?: string };

/** Tells a story of a run that is interrupted where it makes its n-th request to the tables. */
export type Interruption = (app: App, tables: SlowTables, n: number) => Promise<Told>;

/** What did not hold, and how often the story was told. */
export type Outcome = { readonly faults: readonly string[]; readonly tried: number };

/** Tells the story for every n, or for every so many-th, on one app that nothing but the story wakes. */
export const atEachRequest = async (
  plan: Pick<AppPlan, 'world' | 'settings'>,
  every: number,
  tell: Interruption,
): Promise<Outcome> => {
  const tables = await slowTables(runStorage());
  const settings = { ...plan.settings, AzureWebJobsStorage: tables.connectionString };
  const app = await startApp({ ...plan, wake: 'doors', settings });
  tables.attach(app.clock);
  const faults: string[] = [];
  let tried = 0;
  for (let n = 1; ; n += every) {
    const { over, fault } = await tell(app, tables, n);
    if (over) break;
    tried += 1;
    if (fault !== undefined) faults.push(`at request ${n}: ${fault}`);
  }
  tables.close();
  return { faults, tried };
};
