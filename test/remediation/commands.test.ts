import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageOf } from '../../src/notifications/message-of.ts';
import { command } from '../../src/remediation/model/command.ts';
import { azValue } from '../../src/remediation/model/shell-word.ts';
import { kindOf } from '../../src/remediation/steps/steps.ts';
import { arbitrarySituation } from '../builders/arbitrary-situation.ts';
import { assessed } from '../builders/assessed.ts';
import { faultsOfCommand, namesSubscription } from '../builders/az/az-grammar.ts';
import { runs } from '../run/exhaustive.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');

/** The words that a POSIX shell makes of each of these lines. */
const shellWords = (lines: readonly string[]): readonly (readonly string[])[] =>
  execFileSync('sh', [], {
    input: lines.map((line) => `set -- ${line}\nprintf '%s\\0' "$@" end\n`).join(''),
    encoding: 'utf8',
  })
    .split('end\0')
    .slice(0, -1)
    .map((words) => words.split('\0').slice(0, -1));

/** Texts from outside: names and notes that other people have chosen, some of them harmful. */
const outside = fc
  .oneof(
    fc.string({ minLength: 1 }),
    fc
      .tuple(fc.constantFrom('@', '-', '--', '=@', 'a=@', "'@", '"', '$(id)', '`id`'), fc.string())
      .map((parts) => parts.join('')),
  )
  .filter((text) => !text.includes('\0'));

/**
 * A copy of the Azure CLI's treatment of every argument before it parses it: of the part after the first `=`, or of the whole.
 */
const readsFile = (word: string): boolean => {
  const at = word.indexOf('=');
  return (at < 0 ? word : word.slice(at + 1)).startsWith('@');
};
const isValue = (word: string): boolean =>
  !readsFile(word) && !word.startsWith('@') && !word.startsWith('-') && !/[^\P{Cc}\n\t]/u.test(word);

const commandsIn = (text: string): readonly string[] => [...text.matchAll(/`([^`]*)`/g)].map(([, line = '']) => line);

type Told = { readonly texts: readonly string[]; readonly manualCommands: readonly string[] };

/** All texts for people about many situations, and the commands that people would run in place of the product. */
const told = fc.sample(arbitrarySituation, { numRuns: 400, seed: 1 }).map(({ observation, known }): Told => {
  const { plan, verdicts, notes } = assessed(observation, { known });
  const manualCommands = plan.steps.flatMap((step) => kindOf(step)?.manualCommands(step) ?? []);
  const texts = [
    ...notes,
    ...plan.steps.flatMap(({ undo, sentence }) => [undo, sentence]),
    ...verdicts.flatMap((one) => ('why' in one ? [one.why] : [])),
    ...manualCommands,
  ];
  return { texts, manualCommands };
});
const texts = told.flatMap((one) => one.texts);
const manualCommands = [...new Set(told.flatMap((one) => one.manualCommands))];
const commands = [...new Set(texts.flatMap(commandsIn))];

/** Lines of a message, for a reader who has nothing else. */
const inMessage = (lines: readonly string[]): readonly string[] =>
  messageOf(
    {
      keyId: 'https://kv.vault.azure.net/keys/cmk',
      verdict: 'ask',
      at: '2026-03-02T03:02:00.000Z',
      sentences: [],
      about: { what: [], harmed: [], alsoHarmed: 0, does: [], commands: lines, runbooks: [], owners: [], touches: [] },
    },
    {},
  ).byHand.commands;

/** Only the person who runs the script for a recovered vault knows that address. */
const withAddress = (line: string): string => line.replace('"$ENDPOINT_URL"', 'https://address');

describe('A command for a human', () => {
  it('is read by a shell as exactly the words that were meant', () => {
    const value = outside.filter((text) => isValue(text) && !text.includes('`'));
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
  it('has no value that az would read as a file or an option, wherever the value came from', () => {
    const values = fc.array(outside, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(values, (texts) => {
        const words = shellWords([`az ${texts.map(azValue).join(' ')}`])[0] ?? [];
        expect(words.slice(1).filter((word) => !isValue(word))).toEqual([]);
        for (const [at, text] of texts.entries()) {
          const word = words[at + 1] ?? '';
          expect(isValue(text) ? word : word.replace(/^<.*>$/s, '<>')).toBe(isValue(text) ? text : '<>');
        }
      }),
      { numRuns: runs(50) },
    );
  });
  it('is written out nowhere with a value that is not made into a word first', () => {
    const made =
      /^(?:word|azValue|valueOr|callerOf)\(|^KEY_PERMISSIONS\b|\.map\((?:word|azValue)\)|\? '<[^']*>' : azValue\(/;
    const given = globSync('src/**/*.ts', { cwd: ROOT }).flatMap((file) => {
      const text = readFileSync(path.join(ROOT, file), 'utf8');
      const isMade = (value: string): boolean =>
        made.test(value) ||
        new RegExp(`const ${value.replace(/\W.*$/, '')} = [^;]*?(?:azValue|valueOr|callerOf)\\(`).test(text);
      return [...text.matchAll(/--[a-z][a-z-]+[ =]\$\{([^}]*)/g)].map(([, value = '']) => ({
        file,
        value,
        isMade: isMade(value),
      }));
    });
    expect(given.length).toBeGreaterThan(30);
    const bare = given.filter((one) => !one.isMade);
    expect(bare, 'put each value through azValue (src/remediation/model/shell-word.ts)').toEqual([]);
  });
  it.each(['@/etc/passwd', '@-', '--debug', '-x', 'owner=@/etc/passwd', '=@x', 'a\u001b[2Jb'])(
    'names in angle brackets what az would read otherwise: %j',
    (text) => {
      expect(isValue(text)).toBe(false);
      expect(azValue(text)).toMatch(/^'<.*>'$/s);
      expect(isValue(`<${text.replace('=@', '= @').replace('\u001b', '?')}>`)).toBe(true);
    },
  );
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
      // Outside of quotes there is no sign that a shell would take for more than words, and one space between the words.
      expect(withAddress(line).replace(/'[^']*'/g, "''")).not.toMatch(/[;|&<>$()#*?[\]{}\\"]| {2}/);
      for (const option of read.filter((word) => word.startsWith('-'))) expect(option).toMatch(/^--[a-z][a-z-]+$/);
    }
  });
  it('is in a message the same words to a shell, and what is said beside it a comment', () => {
    expect(manualCommands.length).toBeGreaterThan(20);
    for (const line of manualCommands) {
      const [meant = [], [sent = '']] = [shellWords(commandsIn(line).map(withAddress)).flat(), inMessage([line])];
      expect(shellWords([withAddress(sent)])).toEqual([meant]);
      expect(sent).not.toMatch(/[`\n]/);
    }
  });
  it('is one that the Azure CLI takes, by the table of its commands, and says in which subscription', () => {
    const words = shellWords(commands.map(withAddress));
    expect(words.flatMap(faultsOfCommand)).toEqual([]);
    expect(words.filter((read) => !namesSubscription(read))).toEqual([]);
  });
});
