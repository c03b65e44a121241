import { afterEach, it } from '@jest/globals';
import { killAllMains } from './main-process.ts';
import { describeOnLinux, expectToBeInterrupted, expectToStop, pidOf } from './stop-story.ts';

afterEach(killAllMains);

describeOnLinux('npm start', () => {
  it('leaves no process after SIGINT to the main process alone, and exits 0', () =>
    expectToStop((main) => process.kill(pidOf(main), 'SIGINT')));

  it.each(['Starting', '✓ storage', '✓ the app'])(
    'leaves no process when it is interrupted at "%s", and does not claim success',
    expectToBeInterrupted,
  );
});
