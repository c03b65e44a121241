import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { keyFaults } from '../../../src/remediation/diagnosis/key-faults.ts';
import { rootCauses } from '../../../src/remediation/diagnosis/root-causes.ts';
import { FAULTS, type FindingKind } from '../../../src/remediation/model/faults.ts';
import { type Finding, saysNothing } from '../../../src/remediation/model/findings.ts';
import { compile } from '../../builders/compile.ts';
import { ANSWERS_SHOWN } from '../../builders/name-lists.ts';
import { KEY } from '../../builders/observation.ts';

const root = path.join(import.meta.dirname, '..', '..', '..');
const FAULTS_FILE = 'src/remediation/model/faults.ts';

describe('A new fault', () => {
  it('does not compile without its rule and its remedy', () => {
    const text = readFileSync(path.join(root, FAULTS_FILE), 'utf8');
    const row = "keyTorn: { effect: 'stops', because: 'its key is torn' },";
    const found = compile({ [FAULTS_FILE]: text.replace('export const FAULTS = {', `$&\n  ${row}`) }, ['src']);
    expect(found.toSorted()).toEqual([
      expect.stringMatching(/^src\/remediation\/diagnosis\/rules\.ts.*'keyTorn' is missing/),
      expect.stringMatching(/^src\/remediation\/plan\/remedies\.ts.*'keyTorn' is missing/),
    ]);
  });
  it('is asked for nowhere else: no list of faults is kept by hand', () => {
    const files = globSync('{src,functions}/**/*.ts', { cwd: root });
    const found = files.filter(
      (file) => !TABLES.includes(file) && !isProfile(file) && listsFaults(readFileSync(path.join(root, file), 'utf8')),
    );
    expect(files.length).toBeGreaterThan(300);
    expect(found).toEqual([]);
  });
  it('would be found missing in a list that is', () => {
    expect(listsFaults("const LOUD: readonly FindingKind[] = ['keyDeleted', 'keyExpired'];")).toBe(true);
    expect(listsFaults("kind === 'keyDeleted' ||\n  kind === 'keyExpired'")).toBe(true);
    expect(listsFaults("{ keyDeleted: 'red', keyExpired: 'yellow' }")).toBe(true);
    expect(
      listsFaults("keyPresent: { judge, page: 'keyDeleted' },\n  notExpired: { judge, page: 'keyExpired' },"),
    ).toBe(false);
  });
});

/** The file with every fault, for which the compiler demands a row of each. */
const TABLES = [FAULTS_FILE, 'src/remediation/diagnosis/rules.ts', 'src/remediation/plan/remedies.ts', ANSWERS_SHOWN];

/** A profile states where a fault hurts its kind in another way than the table says, and the compiler demands that. */
const isProfile = (file: string): boolean => file.startsWith('src/remediation/model/profiles/');

const NAME = new RegExp(`'(${Object.keys(FAULTS).join('|')})'|\\b(${Object.keys(FAULTS).join('|')}):`, 'g');

/** Whether one statement names two faults. The runbook page that a check of the report names does not count. */
const listsFaults = (text: string): boolean =>
  text
    .replaceAll(/page: '\w+'/g, '')
    .split(';')
    .some((statement) => new Set([...statement.matchAll(NAME)].map(([, one, other]) => one ?? other)).size > 1);

describe('A fault of another version of the product, in a row that is kept,', () => {
  const stored = {
    kind: 'keyTorn' as FindingKind,
    target: 'somewhere',
    evidence: {},
    rows: [],
    sentence: 'It is torn.',
    harm: [{ consumerId: 'orders', consumerKind: 'mysqlSingleServer', level: 'active', sentence: 'It is down.' }],
  } as const satisfies Finding;
  it('is read, and nothing but its key is decided on it', () => {
    expect(saysNothing(stored)).toBe(false);
    expect(keyFaults([stored])).toBe('');
    expect(rootCauses([stored], KEY)).toEqual([`https://${KEY.host}/keys/${KEY.name}`]);
  });
});
