import { type App, type AppPlan, startApp } from '../../builders/app.ts';
import { type SlowTables, slowTables } from '../../builders/slow-tables.ts';
import { runStorage } from '../../run/ground.ts';

/** `over`: the run made fewer requests, so there is no further one to interrupt. `fault`: the failed condition, in words. */
export type Told = { readonly over: boolean; readonly fault?: string };

/** Plays a story of a run that is interrupted at its n-th request to the tables. */
export type Interruption = (app: App, tables: SlowTables, n: number) => Promise<Told>;

/** The failed conditions, and the number of plays. */
export type Outcome = { readonly faults: readonly string[]; readonly tried: number };

/** Plays the story for every n, or for every so many-th, on one app that only the story wakes. */
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
