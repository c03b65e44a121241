import { fileURLToPath } from 'node:url';
import { type Clock, createClock } from '../../../../local/clock/authority.ts';
import type { Cloud } from '../../../../local/cloud/cloud.ts';

const program = fileURLToPath(new URL('./fixtures/read-key.ts', import.meta.url));

export type Outcome = {
  version?: string;
  error?: { name: string; message: string; statusCode?: number; code?: string };
  /** Virtual milliseconds, as the program sees them. */
  at: number;
};

/** Runs a program on the clock that reads a key with the identity of its environment, through as much time as it takes. */
export const readKey = async (
  clock: Clock,
  environment: Cloud['environment'],
  [vault, key, clientId = '']: [vault: string, key: string, clientId?: string],
): Promise<Outcome> => {
  const child = clock.fork(program, [vault, key, clientId], { env: { ...process.env, ...environment } });
  let outcome: Outcome | undefined;
  child.on('message', (message: Outcome) => {
    if ('at' in message) outcome = message;
  });
  await clock.advance(3_600_000, () => outcome !== undefined);
  child.kill();
  if (outcome) return outcome;
  throw new Error('The program told nothing within a virtual hour.');
};

/** The instant at which every world here begins. */
export const start = Date.UTC(2026, 10, 22);
export const aClock = (): Clock => createClock({ now: start });
