import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { command } from '../../src/remediation/model/command.ts';
import { arbitrarySituation } from '../builders/arbitrary-situation.ts';
import { assessed } from '../builders/assessed.ts';
import { runs } from '../run/exhaustive.ts';

/** The words that a POSIX shell makes of each of these lines. */
const shellWords = (lines: readonly string[]): readonly (readonly string[])[] =>
  execFileSync('sh', [], {
    input: lines.map((line) => `set -- ${line}\nprintf '%s\\0' "$@" end\n`).join(''),
    encoding: 'utf8',
  })
    .split('end\0')
    .slice(0, -1)
    .map((words) => words.split('\0').slice(0, -1));

const commandsIn = (text: string): readonly string[] => [...text.matchAll(/`([^`]*)`/g)].map(([, line = '']) => line);

/** Everything that people read of a lot of situations. */
const texts = fc.sample(arbitrarySituation, { numRuns: 400, seed: 1 }).flatMap(({ observation, known }) => {
  const { plan, verdicts, notes } = assessed(observation, { known });
  return [
    ...notes,
    ...plan.steps.flatMap(({ undo, sentence }) => [undo, sentence]),
    ...verdicts.flatMap((one) => ('why' in one ? [one.why] : [])),
  ];
});
const commands = [...new Set(texts.flatMap(commandsIn))];

/** Only whoever runs the script for a recovered vault knows that address. */
const withAddress = (line: string): string => line.replace('"$ENDPOINT_URL"', 'https://address');

describe('A command for a human', () => {
  it('is read by a shell as exactly the words that were meant', () => {
    const value = fc.string({ minLength: 1 }).filter((text) => !text.includes('\0') && !text.includes('`'));
    fc.assert(
      fc.property(value, value, (name, scope) => {
        const [line = ''] = commandsIn(command('az role assignment create', { name, scope, flag: true, none: '' }));
        expect(shellWords([line])).toEqual([
          ['az', 'role', 'assignment', 'create', '--name', name, '--scope', scope, '--flag'],
        ]);
      }),
      { numRuns: runs(50) },
    );
  });
  it('is always in back-quotes, so that it is seen where it ends', () => {
    const outside = texts.map((text) => text.replace(/`[^`]*`/g, '')).filter((text) => /\baz [a-z]/.test(text));
    expect([...new Set(outside)]).toEqual([]);
  });
  it('is one simple command, with no word left out, joined to another, or of another alphabet', () => {
    const words = shellWords(commands.map(withAddress));
    expect(words).toHaveLength(commands.length);
    expect(commands.length).toBeGreaterThan(40);
    for (const [at, line] of commands.entries()) {
      const read = words[at] ?? [];
      expect(read[0]).toBe('az');
      expect(read.filter((word) => word === '' || word.includes('undefined'))).toEqual([]);
      expect(line).toMatch(/^[\x20-\x7e]*$/);
      // Outside of quotes: nothing that a shell would take for more than words, and one space between them.
      expect(withAddress(line).replace(/'[^']*'/g, "''")).not.toMatch(/[;|&<>$()#*?[\]{}\\"]| {2}/);
      for (const option of read.filter((word) => word.startsWith('-'))) expect(option).toMatch(/^--[a-z][a-z-]+$/);
    }
  });
});
