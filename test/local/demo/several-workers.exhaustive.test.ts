import { afterEach, expect, it } from 'vitest';
import { killAllMains, type MainProcess, startMain } from './main-process.ts';
import { UP } from './stop-story.ts';

afterEach(killAllMains);

type Health = { readonly sweep: Readonly<Record<'began' | 'ended', { readonly at: string }>> };

/** What it prints for whoever goes on by hand: `export APP=… CODE=… SIM=…`. */
const printed = (main: MainProcess, name: string): string =>
  new RegExp(`\\b${name}=(\\S+)`).exec(main.output())?.[1] ?? `no ${name}`;

const doorsOf = (main: MainProcess) => {
  const [app, code, sim] = ['APP', 'CODE', 'SIM'].map((name) => printed(main, name));
  const ask = async <Body>(url: string, input?: object): Promise<Body> =>
    (await (await fetch(url, input && { method: 'POST', body: JSON.stringify(input) })).json()) as Body;
  return {
    pass: (by: string) => ask(`${sim}/advance`, { by }),
    loseIn: (activity: string) => ask(`${sim}/host/lose-worker-in`, { function: activity, at: 'start' }),
    workersUp: async () => (await ask<{ workers: readonly object[] }>(`${sim}/host/workers`)).workers.length,
    lastSweep: async () => {
      const { began, ended } = (await ask<Health>(`${app}/keyed/health/details?code=${code}`)).sweep;
      return { began: Date.parse(began.at), ended: Date.parse(ended.at) };
    },
  };
};

it('npm start with three workers ends a sweep in which one of them is lost: another does what that one had begun', async () => {
  const main = startMain(['--workers', '3', '--act', 'expiry']);
  await main.until(UP);
  const { lastSweep, loseIn, pass, workersUp } = doorsOf(main);
  expect(await workersUp()).toBe(3);
  // The next sweep is five minutes away then, however slow this machine is: from now on the clock goes with that of the machine.
  await pass('PT1M');
  const before = await lastSweep();
  await loseIn('sweepKeys');
  await pass('PT6M');
  const during = await lastSweep();
  expect([during.began > before.began, during.ended, await workersUp()]).toEqual([true, before.ended, 2]);
  // What it had begun is hidden from the others for five minutes. Another worker comes after ten.
  await pass('PT4M');
  const after = await lastSweep();
  expect([after.began, after.ended > after.began, await workersUp()]).toEqual([during.began, true, 2]);
});
