import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createClock } from '../../../local/clock/authority.ts';
import { cleanUpAfterEach } from '../../run/clean-up.ts';

const SECOND = 1000;

/** On a busy machine a process reads the time together with a message that a timer of its parent has sent at that time. */
it('a process that reads late hears what was sent at an instant at that instant', async () => {
  const clock = createClock();
  cleanUpAfterEach(() => clock.close());
  const from = clock.now();
  const told: { childPid?: number; isSent?: true; heardAt?: number } = {};
  const outer = clock.fork(fileURLToPath(new URL('./fixtures/hands-on.ts', import.meta.url)));
  outer.on('message', (message) => {
    Object.assign(told, message);
    if (told.isSent) process.kill(told.childPid ?? 0, 'SIGCONT');
  });
  await clock.settle();
  await clock.advance(60 * SECOND, () => {
    // Waits until both messages are in its pipe.
    if (!told.isSent) process.kill(told.childPid ?? 0, 'SIGSTOP');
    return told.heardAt !== undefined;
  });
  expect((told.heardAt ?? 0) - from).toBe(10 * SECOND);
});
