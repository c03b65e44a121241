import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCommandLine, UsageError } from '../../../local/demo/command-line.ts';
import { MODES } from '../../../local/demo/mode.ts';

describe('the command line of npm start', () => {
  it('plays in mode auto on a free port, and stays up, when nothing is said', () => {
    expect(readCommandLine([])).toEqual({ help: false, demo: false, mode: 'auto', workers: 1 });
  });

  it('takes a mode, a port, a number of workers and whether to end after the incident', () => {
    const read = readCommandLine(['--demo', '--mode', 'observe', '--port', '7075', '--workers', '3']);
    expect(read).toEqual({ help: false, demo: true, mode: 'observe', port: 7075, workers: 3 });
  });

  it('takes the name of a management group to follow, and nothing that is none', () => {
    expect(readCommandLine(['--management-group', 'landing-zones'])).toMatchObject({
      managementGroup: 'landing-zones',
    });
    expect(() => readCommandLine(['--management-group', '/providers/x'])).toThrow(
      /--management-group is '\/providers\/x'/,
    );
  });

  it('takes one act to be played alone', () => {
    expect(readCommandLine(['--demo', '--act', 'replica'])).toMatchObject({ demo: true, act: 'replica' });
  });

  it('takes every mode of the app and every port', () => {
    fc.assert(
      fc.property(fc.constantFrom(...MODES), fc.integer({ min: 1, max: 65_535 }), (mode, port) => {
        expect(readCommandLine([`--mode=${mode}`, `--port=${port}`])).toMatchObject({ mode, port });
      }),
    );
  });

  it('names every fault of the values at once, and what is allowed', () => {
    expect(() => readCommandLine(['--act', 'two', '--mode', 'Auto', '--port', '0', '--workers', '9'])).toThrow(
      /--act is 'two', .* expiry, deletion, replica, alert\n--mode is 'Auto', .* observe, approve, auto\n--port is '0', .* 1 to 65535\n--workers is '9', .* 1 to 8\n.*--help/,
    );
  });

  it.each([['--fast'], ['fast'], ['--port'], ['--demo=yes']])('refuses %s and points to the help', (argument) => {
    expect(() => readCommandLine([argument])).toThrow(UsageError);
    expect(() => readCommandLine([argument])).toThrow(/--help/);
  });

  it('says that options come after --, where npm has handed on the value of one alone', () => {
    expect(() => readCommandLine(['3'])).toThrow(/'3'\nOptions come after --, as in: npm start -- --workers 3\n/);
    expect(() => readCommandLine(['--fast'])).not.toThrow(/after --/);
  });

  it.each(['0', '9', '1.5', '-1', '', ' 3', 'three'])('refuses "%s" workers', (workers) => {
    expect(() => readCommandLine([`--workers=${workers}`])).toThrow(/--workers is .* from 1 to 8/);
  });

  it.each(['65536', '-1', '1.5', '0x10', '', ' 80'])('refuses the port "%s"', (port) => {
    expect(() => readCommandLine([`--port=${port}`])).toThrow(/--port is/);
  });
});
