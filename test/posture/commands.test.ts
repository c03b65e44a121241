import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NETWORK_CHECKS } from '../../src/posture/checks/network-checks.ts';
import { COMMAND_SAMPLES, everyCommand } from '../../src/posture/every-command.ts';
import { shellWords } from '../../src/posture/shell-words.ts';
import { shellWord as word } from '../../src/remediation/model/shell-word.ts';
import { aVault } from '../builders/observation.ts';
import { aPath } from '../builders/posture.ts';
import { runs } from '../run/exhaustive.ts';

const readByShell = (line: string): readonly string[] =>
  execFileSync('bash', ['-c', `printf '%s\\0' ${line}`])
    .toString()
    .split('\0')
    .slice(0, -1);

describe('the commands that are handed to people', () => {
  it.each(Object.entries(COMMAND_SAMPLES))('%s is read by a shell', (_name, sample) => {
    for (const command of [sample].flat()) {
      expect(() => execFileSync('bash', ['-n', '-c', command])).not.toThrow();
      expect(shellWords(command)).toBeDefined();
    }
  });

  it('give the product a way of its own before they close the firewall behind which it would be blind', () => {
    const open = aPath({ vault: { network: { ...aVault().network, bypass: 'None', defaultAction: 'Allow' } } });
    const { plan } = NETWORK_CHECKS.onlyTrustedNetworks.judge(open);
    expect(plan).toEqual([
      expect.stringContaining('private-endpoint create'),
      expect.stringContaining('--default-action Deny'),
    ]);
  });

  it('leaves nothing undefined in them', () => {
    expect(everyCommand().filter((one) => /undefined|\[object| {2}/.test(one.replaceAll('\\n  ', '')))).toEqual([]);
  });

  it('quotes whatever a name may hold so that a shell reads it back, and so do we', () => {
    const text = fc.string({ minLength: 1 }).filter((one) => !one.includes('\0'));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (words) => {
        const line = words.map(word).join(' ');
        expect(shellWords(line)).toEqual(words);
        expect(readByShell(line)).toEqual(words);
      }),
      { numRuns: runs(60) },
    );
  });

  it('does not read what a shell would read as more than words', () => {
    for (const line of ["az 'open", 'az "open', 'az $name', 'az `date`', 'az < file', 'az a*'])
      expect(shellWords(line)).toBeUndefined();
  });
});
