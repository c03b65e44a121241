import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandsIn, filledIn, notRunIn, programOf, staleIn, toRunIn } from '../../infra/check/page-commands.ts';

const page = readFileSync(path.join(import.meta.dirname, '..', '..', 'docs', 'deploy.md'), 'utf8');

const textOf = ({ text }: { readonly text: string }): string => text;
const withLine = (line: string): string => page.replace('```sh\n', `\`\`\`sh\n${line}\n`);

describe('docs/deploy.md', () => {
  it('names the commands that `npm run check:infra` does not run, each with a reason', () => {
    expect(notRunIn(page).map(({ begins }) => begins)).toEqual([
      'gh release download',
      'gh attestation verify',
      'az login',
      'az functionapp create',
    ]);
    expect(notRunIn(page).filter(({ why }) => why.length < 20)).toEqual([]);
    expect(staleIn(page)).toEqual([]);
  });

  it('names none that it has no more', () => {
    expect(staleIn(page.replaceAll(/^gh attestation verify.*\n/gm, ''))).toEqual(['gh attestation verify']);
  });

  it('has every other command run: one that is new is among those that the check asks for at its end', () => {
    const line = 'az keyvault purge --name <vault>';
    expect(toRunIn(page).map(textOf)).not.toContain(line);
    expect(toRunIn(withLine(line)).map(textOf)).toContain(line);
    expect(commandsIn(page).length).toBe(
      toRunIn(page).length +
        commandsIn(page).filter(({ text }) => notRunIn(page).some(({ begins }) => text.startsWith(begins))).length,
    );
  });

  it('runs programs that the page itself asks for, and no others', () => {
    expect([...new Set(commandsIn(page).map(programOf))].sort()).toEqual([
      'az',
      'curl',
      'gh',
      'mkdir',
      'node',
      'sha256sum',
      'tofu',
      'unzip',
    ]);
  });

  it('has each blank filled in, or is not run', () => {
    expect(filledIn('az account set --subscription <subscription id>', { 'subscription id': 's' })).toBe(
      'az account set --subscription s',
    );
    expect(() => filledIn('az account set --subscription <subscription id>', {})).toThrow('<subscription id>');
  });
});
