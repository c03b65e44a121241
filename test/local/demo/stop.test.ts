import { afterEach, describe, expect, it } from '@jest/globals';
import { killAllMains, type MainProcess, noSurvivor, processesOf, startMain } from './main-process.ts';

afterEach(killAllMains);

const UP = 'From now on the clock';

const pidOf = ({ child }: MainProcess): number => {
  if (child.pid === undefined) throw new Error('It did not start.');
  return child.pid;
};

const ctrlC = (main: MainProcess): boolean => process.kill(-pidOf(main), 'SIGINT');

const WAYS: readonly (readonly [string, (main: MainProcess) => boolean])[] = [
  ['Ctrl-C', ctrlC],
  ['SIGINT to the main process alone', (main) => process.kill(pidOf(main), 'SIGINT')],
  ['SIGTERM', (main) => process.kill(pidOf(main), 'SIGTERM')],
];

const kill = (main: MainProcess, program: string): void => {
  const found = processesOf(main.child).find(({ command }) => command.includes(program));
  if (!found) throw new Error(`There is no ${program} among:\n${JSON.stringify(processesOf(main.child), null, 2)}`);
  process.kill(found.pid, 'SIGKILL');
};

if (process.platform !== 'linux') console.log('skipped: the processes of a session are counted through /proc');

(process.platform === 'linux' ? describe : describe.skip)('npm start', () => {
  it.each(WAYS)('leaves no process after %s, and exits 0', async (_, stop) => {
    const main = startMain([]);
    await main.until(UP);
    expect(processesOf(main.child).length).toBeGreaterThanOrEqual(4);
    stop(main);
    await noSurvivor(main);
    expect(await main.ended).toBe(0);
  });

  it.each(['Starting', '✓ storage', '✓ the local Azure', '✓ the app'])(
    'leaves no process when it is interrupted at "%s", and does not claim success',
    async (line) => {
      const main = startMain([]);
      await main.until(line);
      ctrlC(main);
      await noSurvivor(main);
      expect(await main.ended).toBe(130);
    },
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
