/** One of three workers is lost with its machine, in the middle of a sweep or of a repair: the other workers finish its work. */

import type { WorldPlan } from '../../../local/cloud/worlds/build-world.ts';
import { hostVerbs } from '../../../local/host-verbs.ts';
import { type App, DAY, MINUTE, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import { history, isDown, ledgerOf, serves, VAULT, writes } from '../../builders/incident.ts';
import { entriesOf } from './killing-story.ts';

export const nameOf = (n: number): string => `orders-${n}`;
export const keyOf = (n: number): string => `https://${VAULT}.vault.azure.net/keys/${nameOf(n)}`;

/** As many servers, each with a key of its own, so that each incident has a ledger of its own. */
const worldOf = (servers: number): WorldPlan => ({
  vaults: [
    {
      name: VAULT,
      permissions: 'accessPolicies',
      keys: Array.from({ length: servers }, (_, n) => ({ name: nameOf(n), expiresInDays: 90 })),
    },
  ],
  servers: Array.from({ length: servers }, (_, n) => ({
    name: nameOf(n),
    generation: 'single' as const,
    vault: VAULT,
    key: nameOf(n),
  })),
});

/** An app of three workers that has swept once. */
export const startThree = async (servers: number, settings: Readonly<Record<string, string>>): Promise<App> => {
  const app = await startApp({ world: worldOf(servers), wake: 'sweep', workers: 3, settings });
  await app.pass(NEXT_SWEEP);
  return app;
};

const verb = (app: App, method: string, path: string) => {
  const found = hostVerbs(app.clock, app.host).find((one) => one.method === method && one.path === path);
  if (!found) throw new Error(`There is no ${method} ${path}`);
  return async (input: Record<string, unknown>): Promise<unknown> => found.run(input);
};

/** The worker that next runs this function is lost with its machine. */
export const loseIn = (app: App, name: string, at: 'start' | 'end'): Promise<unknown> =>
  verb(app, 'POST', '/_sim/host/lose-worker-in')({ function: name, at });

export const losses = ({ said }: App): number => said.filter((line) => /worker \d is lost/.test(line)).length;

/** The number of running workers of the three. */
export const workersUp = async (app: App): Promise<number> => {
  const { workers } = (await verb(app, 'GET', '/_sim/host/workers')({})) as { readonly workers: readonly unknown[] };
  return workers.length;
};

const expire = (app: App, n: number): void => {
  const exp = Math.floor((app.clock.now() - DAY) / 1_000);
  app.cloud.world.keyVault.letExpire(VAULT, nameOf(n), undefined, exp);
};

export type Healed = {
  readonly verification: string;
  readonly ledger: readonly string[];
  readonly history: readonly string[];
  readonly writes: readonly string[];
  /** Virtual minutes from the expiry until the server was ready again. */
  readonly minutes: number;
};

const plain = (text: string, n: number): string => text.replaceAll(nameOf(n), 'orders');

/** The key of server `n` expires, and an hour is over at the latest when it serves again; then some sweeps pass. */
export const heal = async (app: App, n: number): Promise<Healed> => {
  const before = writes(app).length;
  const begun = app.clock.now();
  expire(app, n);
  await app.until(`${nameOf(n)} is down`, () => isDown(app, nameOf(n)), 15 * MINUTE);
  await app.until(`${nameOf(n)} serves again`, () => serves(app, nameOf(n)), 60 * MINUTE);
  const minutes = (app.clock.now() - begun) / MINUTE;
  await app.pass(15 * MINUTE);
  const chain = await ledgerOf(app, keyOf(n));
  return {
    verification: chain.verification.kind,
    ledger: entriesOf(chain).map((entry) => plain(entry, n)),
    history: history(app, nameOf(n)),
    writes: writes(app)
      .slice(before)
      .map((write) => plain(write, n)),
    minutes,
  };
};
