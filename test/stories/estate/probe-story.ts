/** The probe on estates: how it spreads its reads, and how soon it finds what is lost. */
import { expect } from 'vitest';
import { type App, MINUTE, SECOND, startApp } from '../../builders/app.ts';
import { ledgerOf, writes } from '../../builders/incident.ts';
import { estate, productObjectId, RECOVERY } from '../../builders/key-loss.ts';
import { printTable } from '../print-table.ts';

export const lastRequest = ({ cloud }: App): number => cloud.requests.list().at(-1)?.n ?? 0;

/** Every request of the product since the n-th. */
export const readsSince = (app: App, since: number) => app.cloud.requests.list({ caller: productObjectId(app), since });

/** Keys deleted one after the other, each at another second of the minute, and found; the seconds that each took. */
export const findDeletedKeys = async (rounds: number): Promise<void> => {
  const settings = { GUARDIAN_FUSE_ROOT_CAUSES: '9999' };
  const app = await startApp({ world: estate(rounds), wake: 'probe', settings });
  await app.pass(3 * MINUTE);
  const delays: number[] = [];
  for (const [round, { name }] of app.cloud.world.keyVault.vaults().entries()) {
    await app.clock.advanceTo(app.startedAt + (round + 1) * 5 * MINUTE + (round * MINUTE) / rounds + 500);
    const lostAt = app.clock.now();
    app.cloud.world.keyVault.deleteKey(name, 'cmk');
    await app.pass(3 * MINUTE);
    const { entries } = await ledgerOf(app, `https://${name}.vault.azure.net/keys/cmk`);
    delays.push((Date.parse(entries.findLast(({ kind }) => kind === 'opened')?.at ?? '') - lostAt) / SECOND);
  }
  const share = (part: number): number => delays.toSorted((a, b) => a - b)[Math.ceil(rounds * part) - 1] ?? Number.NaN;
  const row = [`${rounds}`, ...[0.5, 0.95, 1].map((part) => `${share(part)} s`)];
  printTable(['keys deleted, found by the probe', 'p50', 'p95', 'at worst'], [row]);
  expect(Math.min(...delays)).toBeGreaterThan(0);
  expect(share(0.95)).toBeLessThanOrEqual(60);
  expect(writes(app)).toEqual(Array(rounds).fill(expect.stringMatching(RECOVERY)));
};
