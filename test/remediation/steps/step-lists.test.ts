import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { STEP_KINDS } from '../../../src/remediation/steps/steps.ts';
import { ANSWERS_SHOWN, nameLists } from '../../builders/name-lists.ts';

const root = path.join(import.meta.dirname, '..', '..', '..');

const TABLES: readonly string[] = ['src/remediation/steps/steps.ts', 'src/azure/apply/read-target.ts'];

/** Files in which the names of steps mean something else. */
const RIGHTLY: readonly RegExp[] = [
  // The local cloud knows nothing of the product: its verbs and properties are Azure's.
  /^local\/cloud\//,
  // Commands for people, two of which are named after what they do.
  /^src\/posture\/every-command\.ts$/,
];

/** The list of acts that the product may undo without asking by default is a decision, and follows from no property of a step. */
const DEFAULT_OF_AUTO_REVERSE = /^src\/config\/table\.ts:\d+: recoverVault, recoverKey$/;

const stepLists = (text: string) => nameLists(text, new Set<string>(STEP_KINDS));

describe('Steps', () => {
  it('are listed by hand in the two tables alone: what is true of a kind is said in its own file', () => {
    const files = globSync('{src,functions,local}/**/*.ts', { cwd: root });
    const lists = files
      .filter((file) => ![...TABLES, ANSWERS_SHOWN].includes(file) && !RIGHTLY.some((one) => one.test(file)))
      .flatMap((file) =>
        stepLists(readFileSync(path.join(root, file), 'utf8')).map(
          ({ line, names }) => `${file}:${line}: ${names.join(', ')}`,
        ),
      );
    expect(files.length).toBeGreaterThan(500);
    expect(lists.filter((one) => !DEFAULT_OF_AUTO_REVERSE.test(one))).toEqual([]);
  });
});

describe('A table of steps', () => {
  it.each(TABLES)('is all that %s lists by hand', (file) => {
    const found = stepLists(readFileSync(path.join(root, file), 'utf8'));
    expect(found.map(({ names }) => names.toSorted())).toEqual([STEP_KINDS.toSorted()]);
  });
});

describe('A list of steps', () => {
  it.each([
    ['an array', "const SLOW = ['recoverVault', 'setVaultBypass'] as const;"],
    ['a set', "const SLOW = new Set(['recoverVault', 'setVaultBypass']);"],
    ['a map', "const SLOW = new Map([['recoverVault', 1], ['setVaultBypass', 2]]);"],
    ['an array of objects', "const SPECS = [{ kind: 'recoverVault' }, { kind: 'setVaultBypass' }];"],
    ['a record', "const PLACES = { recoverVault: 'vault', 'setVaultBypass': 'vault' };"],
    ['a record of names', "const REMEDIES = { vaultDeleted: 'recoverVault', firewall: 'setVaultBypass' };"],
    ['a table', 'const STEPS = { recoverVault, setVaultBypass };'],
    ['a type', 'type Words = { recoverVault: string; setVaultBypass: string };'],
    ['an interface', 'interface Words { recoverVault: string; setVaultBypass(): void }'],
    ['a union', "type Slow = 'recoverVault' | 'setVaultBypass';"],
    ['a tuple', "type Slow = ['recoverVault', 'setVaultBypass'];"],
    ['a switch', "switch (kind) { case 'recoverVault': case 'setVaultBypass': stop(); }"],
    ['comparisons', "const slow = (k) => k === 'recoverVault' || k === 'setVaultBypass';"],
    [
      'one condition after the other',
      "function slow(k) { if (k == 'recoverVault') return 1; return k != 'setVaultBypass'; }",
    ],
    ['a text', "const usual = 'recoverVault@*,setVaultBypass@*';"],
  ])('may be %s', (_form, text) => {
    expect(stepLists(`\n// é\n${text}`)).toEqual([{ line: 3, names: ['recoverVault', 'setVaultBypass'] }]);
  });

  it.each([
    ['a step that is made', "const spec = { kind: 'recoverVault', target, parameters: { vaultId } };"],
    ['a question about one step', "const was = wasDone(known, 'recoverVault') && step !== 'recoverVault';"],
    ['a choice between two', "const kind = isPerimeter ? 'restoreNetworkRules' : 'setVaultBypass';"],
    ['a list of others', "const RISKS = ['restore', 'reversal'];"],
  ])('is not %s', (_what, text) => {
    expect(stepLists(text)).toEqual([]);
  });
});
