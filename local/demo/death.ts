import type { Booted } from '../boot.ts';

/** A part of the story has ended that must stay up. */
class PartDied extends Error {}

/** Rejects with a PartDied when a process that the story needs has ended. The host replaces its worker itself. */
export const untilPartDies = async ({ host, storage }: Booted): Promise<never> => {
  const running = host();
  const who = await Promise.race([
    running.gone.then((how) => `The Functions host (process ${running.pid}) ended: ${how}.`),
    storage.gone.then(() => 'The storage emulator Azurite ended.'),
  ]);
  throw new PartDied(`${who} Without it nothing can go on; start again.`);
};
