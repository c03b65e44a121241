import { describe, expect, it } from 'vitest';
import { everyCommand } from '../src/posture/every-command.ts';
import { AZ, faultsOfCommand, namesSubscription } from './builders/az/az-grammar.ts';
import { inDocuments, inSources, namedInDocuments, partsOf, wordsOf } from './builders/az/printed.ts';

const GLOBAL = ['output', 'query', 'only-show-errors'];

const faultsOfParts = ({ file, line }: { readonly file: string; readonly line: string }): readonly string[] => {
  const { name, options } = partsOf(line);
  if (name === undefined) return [`${file}: ${line}: there is no such command`];
  const known = [...(AZ.commands[name]?.options ?? []), ...GLOBAL];
  return options.filter((one) => !known.includes(one)).map((one) => `${file}: ${line}: there is no --${one}`);
};

const azOf = (lines: readonly string[]): readonly string[] => lines.filter((line) => line.startsWith('az '));

describe('What the Azure CLI takes, as its own help says, is', () => {
  it('every command of the posture report', () => {
    const lines = azOf(everyCommand());
    expect(lines.length).toBeGreaterThan(25);
    expect(lines.flatMap((line) => faultsOfCommand(wordsOf(line)))).toEqual([]);
  });

  it('every command in a code block of a document', () => {
    const lines = inDocuments();
    expect(lines.length).toBeGreaterThan(60);
    expect(
      lines.flatMap(({ file, line }) => faultsOfCommand(wordsOf(line)).map((fault) => `${file}: ${fault}`)),
    ).toEqual([]);
  });

  it('every command that a sentence of a document names, with the options that it names', () => {
    expect(namedInDocuments().flatMap(faultsOfParts)).toEqual([]);
  });

  it('every command that a sentence of the product names, with the options that it names', () => {
    const lines = inSources();
    expect(lines.length).toBeGreaterThan(60);
    expect(lines.flatMap(faultsOfParts)).toEqual([]);
  });
});

describe('A command of the posture report', () => {
  it('works in the subscription of what it is about, whatever the default one is of who runs it', () => {
    expect(azOf(everyCommand()).filter((line) => !namesSubscription(wordsOf(line)))).toEqual([]);
  });
});

describe('The table of commands', () => {
  it.each([
    ['az keyvault update --name kv --enable-soft-delete true', 'there is no --enable-soft-delete'],
    ['az keyvault unlock --name kv', 'there is no such command'],
    ['az keyvault set-policy --object-id x', '--name is missing'],
    ['az keyvault update --name kv --bypass Everybody', '--bypass Everybody is none of its values'],
  ])('refuses %s', (line, why) => {
    expect(faultsOfCommand(wordsOf(line))).toEqual([`${line}: ${why}`]);
  });

  it('tells a command that works in the default subscription from one that names its own', () => {
    const names = (line: string): boolean => namesSubscription(wordsOf(line));
    expect(names('az keyvault update --name kv')).toBe(false);
    expect(names('az keyvault update --name kv --subscription s')).toBe(true);
    expect(names('az lock create --name l --lock-type ReadOnly --resource /subscriptions/s/x')).toBe(false);
    expect(names('az disk update --ids /subscriptions/s/x')).toBe(true);
    expect(names('az keyvault key show --vault-name kv --name k')).toBe(true);
  });
});
