import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { HELP, parseCommandLine } from '../../../local/host/command-line.ts';

describe('the command line', () => {
  it('has defaults for all but the two folders', () => {
    expect(parseCommandLine(['--app', 'app', '--state', 'state'])).toEqual({
      help: false,
      appFolder: path.resolve('app'),
      stateFolder: path.resolve('state'),
      port: 7071,
      authDisabled: false,
      settingsFile: path.resolve('app/local.settings.json'),
      json: false,
      quiet: false,
      invocations: false,
      workers: 1,
    });
  });

  it('names all faults at once', () => {
    const parse = () => parseCommandLine(['--port', 'http', '--workers', '9']);
    expect(parse).toThrow('--app is missing');
    expect(parse).toThrow('--state is missing');
    expect(parse).toThrow("--port is 'http', and must be 0 to 65535");
    expect(parse).toThrow("--workers is '9', and must be 1 to 8");
  });

  it('refuses an option that it does not know', () => {
    expect(() => parseCommandLine(['--app', 'a', '--state', 's', '--gears', 'x'])).toThrow("Unknown option '--gears'");
  });

  it('explains every option', () => {
    expect(parseCommandLine(['--help']).help).toBe(true);
    for (const option of ['app', 'state', 'port', 'no-auth', 'settings', 'json', 'quiet', 'invocations', 'workers'])
      expect(HELP).toContain(`--${option}`);
  });
});
