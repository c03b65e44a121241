import { afterEach, expect, it } from '@jest/globals';
import { repeated, sampled } from '../../run/exhaustive.ts';
import { killAllMains, type MainProcess, noSurvivor, processesOf, startMain } from './main-process.ts';
import { ctrlC, describeOnLinux, expectToBeInterrupted, expectToStop, pidOf, UP } from './stop-story.ts';

afterEach(killAllMains);

const kill = (main: MainProcess, program: string): void => {
  const found = processesOf(main.child).find(({ command }) => command.includes(program));
  if (!found) throw new Error(`There is no ${program} among:\n${JSON.stringify(processesOf(main.child), null, 2)}`);
  process.kill(found.pid, 'SIGKILL');
};

/** More ways, and more moments, are in stop.exhaustive.test.ts. */
describeOnLinux('npm start', () => {
  it.each(
    sampled(
      [
        ['Ctrl-C', ctrlC],
        ['SIGTERM', (main: MainProcess) => process.kill(pidOf(main), 'SIGTERM')],
      ],
      0,
    ),
  )('leaves no process after %s, and exits 0', (_, stop) => expectToStop(stop));

  repeated('leaves no process when it is interrupted at "✓ the local Azure", and does not claim success', () =>
    expectToBeInterrupted('✓ the local Azure'),
  );

  repeated('leaves no process when it is killed itself', async () => {
    const main = startMain([]);
    await main.until(UP);
    process.kill(pidOf(main), 'SIGKILL');
    await noSurvivor(main);
  });

  repeated('goes on when the worker dies, since the host starts another one; not when the host dies', async () => {
    const main = startMain([]);
    await main.until(UP);
    kill(main, 'host/worker/main.ts');
    await main.until('starting another one');
    expect(main.child.exitCode).toBeNull();
    kill(main, 'local/host/main.ts');
    expect(await main.ended).toBe(1);
    expect(main.output()).toContain('It failed. The Functions host');
    await noSurvivor(main);
  });

  repeated('says that the storage emulator has ended, and ends', async () => {
    const main = startMain([]);
    await main.until(UP);
    kill(main, 'azurite');
    expect(await main.ended).toBe(1);
    expect(main.output()).toContain('It failed. The storage emulator Azurite ended');
    await noSurvivor(main);
  });
});
