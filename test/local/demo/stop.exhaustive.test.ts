import { afterEach, expect, it } from 'vitest';
import { killAllMains, type MainProcess, noSurvivor, processesOf, startMain } from './main-process.ts';
import { ctrlC, describeOnLinux, expectToBeInterrupted, expectToStop, pidOf, UP } from './stop-story.ts';

afterEach(killAllMains);

const kill = (main: MainProcess, program: string): void => {
  const found = processesOf(main.child).find(({ command }) => command.includes(program));
  if (!found) throw new Error(`There is no ${program} among:\n${JSON.stringify(processesOf(main.child), null, 2)}`);
  process.kill(found.pid, 'SIGKILL');
};

describeOnLinux('npm start', () => {
  it.each([
    ['Ctrl-C', ctrlC],
    ['SIGTERM', (main: MainProcess) => process.kill(pidOf(main), 'SIGTERM')],
    ['SIGINT to the main process alone', (main: MainProcess) => process.kill(pidOf(main), 'SIGINT')],
  ])('leaves no process after %s, and exits 0', (_, stop) => expectToStop(stop));

  it.each(['Starting', '✓ storage', '✓ the local Azure', '✓ the app'])(
    'leaves no process when it is interrupted at "%s", and does not claim success',
    expectToBeInterrupted,
  );

  it('leaves no process when it is killed itself', async () => {
    const main = startMain([]);
    await main.until(UP);
    process.kill(pidOf(main), 'SIGKILL');
    await noSurvivor(main);
  });

  it('goes on when the worker dies, since the host starts another one; not when the host dies', async () => {
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

  it('says that the storage emulator has ended, and ends', async () => {
    const main = startMain([]);
    await main.until(UP);
    kill(main, 'azurite');
    expect(await main.ended).toBe(1);
    expect(main.output()).toContain('It failed. The storage emulator Azurite ended');
    await noSurvivor(main);
  });
});
