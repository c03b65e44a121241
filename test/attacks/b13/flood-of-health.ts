import { control } from '../../builders/control.ts';
import { type App, HOUR, MINUTE, NEXT_SWEEP } from '../../builders/open-app.ts';
import type { Attack } from '../attack.ts';
import { BOUNDED } from '../quiet-apps.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';

/**
 * Long enough for a sweep to be missing for three periods, even where an event of another attack has made up for the last one.
 */
const MINUTES = 30;
const PERIOD = 5;
const CALLS = 60;
const NO_KEY = { 'x-functions-key': '' };

const askOften = async (app: App): Promise<readonly number[]> => {
  const ask = () => app.call({ method: 'GET', path: '/api/health', headers: NO_KEY });
  const answers = await Promise.all(Array.from({ length: CALLS }, ask));
  return answers.map(({ status }) => status);
};

type Details = { readonly sweep: { readonly began?: { readonly at: string } } };

const beganAt = async (app: App): Promise<string> => {
  const { body } = await app.call({ method: 'GET', path: '/api/health/details' });
  return (body as Details).sweep.began?.at ?? '';
};

/** A caller of the health route makes up for a missing sweep: many callers must not start many sweeps. */
export const floodOfHealth: Attack = {
  item: 'b13',
  sentence: 'somebody without a key asks eighteen hundred times how the product does while its timers do not fire',
  plan: BOUNDED,
  play: async (app) => {
    await app.pass(NEXT_SWEEP);
    await control(app, 'host/stop-timer', { name: '*' });
    await app.pass(HOUR);
    const last = await beganAt(app);
    const statuses = new Set<number>();
    const sweeps = new Set<string>();
    const writes = await writesDuring(app, async () => {
      for (let minute = 0; minute < MINUTES; minute++) {
        for (const status of await askOften(app)) statuses.add(status);
        await app.pass(MINUTE);
        sweeps.add(await beganAt(app));
      }
    });
    await fetch(`${app.cloud.control}/host`, { method: 'DELETE' });
    sweeps.delete(last);
    return outcome(
      { writes, verdict: `${[...statuses].join(', ')}; ${await verdictOn(app, 'kv-vanished')}` },
      {
        'a sweep is made up for': sweeps.size >= 1,
        'at most one in a period': sweeps.size <= MINUTES / PERIOD + 1,
        'nobody is told more than that it does well': [...statuses].join() === '200',
        'nothing is written': writes.length === 0,
      },
    );
  },
};
