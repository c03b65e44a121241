import { expect, it } from 'vitest';
import { appShell } from '../../local/app-shell.ts';

it('starts in a shell that is set up for the command line, of whose settings the app gets none', () => {
  const forBoth = { PATH: '/bin', GUARDIAN_MODE: 'observe' };
  const forCommandLine = { GUARDIAN_URL: 'http://127.0.0.1:7071', GUARDIAN_KEY: 'a key', GUARDIAN_TOKEN: 'a token' };
  expect(appShell({ ...forBoth, ...forCommandLine })).toEqual(forBoth);
});
