import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pasteable } from '../../../local/demo/paste.ts';

const word = fc.stringMatching(/^[a-z.]{1,12}$/);
const quoted = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => `'${words.join(' ')}'`);
const command = fc.array(fc.oneof(word, quoted), { minLength: 1, maxLength: 12 }).map((words) => words.join(' '));

const asAShellReads = (text: string): string =>
  execFileSync('/bin/sh', ['-c', `for word in ${text}; do printf '%s|' "$word"; done`], { encoding: 'utf8' });

describe('a command that is longer than the screen', () => {
  it('is the same to a shell', () => {
    fc.assert(
      fc.property(command, (given) => {
        expect(asAShellReads(pasteable(given, 30).join('\n'))).toBe(asAShellReads(given));
      }),
      { numRuns: 20 },
    );
  });

  it('is broken between its words, and never within quotation marks', () => {
    expect(pasteable(`curl -s -X POST $SIM/pause -d '{"why":"planned maintenance"}'`, 34)).toEqual([
      'curl -s -X POST $SIM/pause -d \\',
      `'{"why":"planned maintenance"}'`,
    ]);
  });

  it('has no line that is longer than the screen, but for one word', () => {
    fc.assert(
      fc.property(command, (given) => {
        const tooLong = pasteable(given, 30).filter((line) => line.length > 30);
        expect(tooLong.filter((line) => /^[^' ]+ [^\\]/.test(line))).toEqual([]);
      }),
    );
  });
});
