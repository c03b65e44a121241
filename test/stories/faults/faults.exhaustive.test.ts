import { expect, it } from 'vitest';
import { MINUTE, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import { expireKey, ledgerOf, linesOf, orders, ordersServes, single } from '../../builders/incident.ts';
import { printTable } from '../print-table.ts';
import { type Weathered, wakeOf, weather } from './faults-story.ts';

const SEEDS = 30;

const quantile = (sorted: readonly number[], share: number): string =>
  (sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN).toFixed(1);

it('is done within 30 minutes, and nothing else, whatever chance does to it', async () => {
  const begun = performance.now();
  const runs: (Weathered & { readonly seed: number })[] = [];
  for (let seed = 1; seed <= SEEDS; seed++) runs.push({ seed, ...(await weather(seed)) });
  const row = ({ seed, faults, requests, minutes }: (typeof runs)[number]) =>
    [seed, wakeOf(seed), `${faults} of ${requests}`, minutes.toFixed(1)].map(String);
  printTable(['seed', 'woken by', 'requests that failed', 'virtual minutes until ready'], runs.map(row));
  const minutes = runs.map((run) => run.minutes).sort((a, b) => a - b);
  console.log(
    `${SEEDS} seeds: p50 ${quantile(minutes, 0.5)}, p95 ${quantile(minutes, 0.95)}, max ${quantile(minutes, 1)} virtual ` +
      `minutes; ${((performance.now() - begun) / 1_000 / SEEDS).toFixed(1)} s a run`,
  );
  expect(runs.every(({ faults }) => faults > 0)).toBe(true);
});

/** The sweep that heals comes four minutes after the loss. */
it.each([
  ['before the repair', 3, '503'],
  ['between the revalidation and its end', 4, 'reset'],
  ['and nothing is even answered', 3, 'timeout'],
] as const)('outlives an outage of an hour that begins %s', async (_, minutes, kind) => {
  const app = await startApp({ world: orders([single('orders')]), wake: 'sweep' });
  await app.pass(NEXT_SWEEP);
  expireKey(app);
  await app.pass(minutes * MINUTE);
  app.cloud.faults.add({ route: '*', kind, rate: 1 });
  await app.pass(60 * MINUTE);
  app.cloud.faults.clear();
  await ordersServes(app);
  await app.pass(NEXT_SWEEP);
  expect(linesOf(await ledgerOf(app)).at(-1)).toBe('closed');
});
