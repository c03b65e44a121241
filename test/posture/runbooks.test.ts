import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROWS } from '../../src/posture/rows.ts';
import { type PageKind, POSTURE_KINDS, runbookOf } from '../../src/posture/runbooks.ts';
import type { FindingKind } from '../../src/remediation/model/faults.ts';
import { profileOf } from '../../src/remediation/model/profiles.ts';
import { REMEDIES } from '../../src/remediation/plan/remedies.ts';
import { STEP_KINDS } from '../../src/remediation/steps/steps.ts';
import { commandsIn, sectionOf, stepsOn } from '../docs/runbooks/kinds.ts';
import { pageOf } from '../docs/runbooks/page-of.ts';

const root = path.join(import.meta.dirname, '..', '..');
const FINDINGS = Object.keys(REMEDIES) as FindingKind[];
const KINDS: readonly PageKind[] = [...FINDINGS, ...POSTURE_KINDS];
const HEADINGS = [
  ...['Symptom', 'Cause', 'See it', 'What the product does', 'Was it meant?', 'Approve', 'Do it by hand'],
  ...['Is it over?', 'Undo it', 'Whom to ask', 'Names in the commands', 'Read'],
];

const sections = (text: string): readonly (readonly [string, string])[] =>
  text
    .split(/^## /m)
    .slice(1)
    .map((part) => [part.split('\n', 1)[0] ?? '', part.slice(part.indexOf('\n')).trim()] as const);

/** Key permissions as the Azure CLI accepts them, in any order. */
const toldAs = (needs: readonly string[]): string =>
  ['get', 'list', 'wrapKey', 'unwrapKey'].filter((one) => needs.includes(one)).join(' ');

describe('the runbooks', () => {
  it.each(KINDS)('%s has a page that names it, says all that it must, and links to Microsoft', (kind) => {
    const text = pageOf(kind);
    expect(text).toContain(`\n\`${kind}\`\n`);
    expect(sections(text).map(([heading]) => heading)).toEqual(HEADINGS);
    expect(sections(text).filter(([, body]) => body.length < 10)).toEqual([]);
    expect(text).toMatch(/\]\(https:\/\/learn\.microsoft\.com\//);
  });

  it('are all of a kind that there is, and all in the list', () => {
    const files = readdirSync(path.join(root, 'docs/runbooks')).filter((file) => file !== 'README.md');
    expect(new Set(files)).toEqual(new Set(KINDS.map((kind) => path.basename(runbookOf(kind)))));
    const index = readFileSync(path.join(root, 'docs/runbooks/README.md'), 'utf8');
    expect(KINDS.filter((kind) => !index.includes(`[${kind}](${path.basename(runbookOf(kind))})`))).toEqual([]);
  });

  it('lead to no page of the documentation that has moved', () => {
    const links = KINDS.flatMap((kind) => [...pageOf(kind).matchAll(/\]\((https:[^)]+)\)/g)].map(([, link]) => link));
    expect(links.filter((link) => link?.includes('.com/azure/mysql/single-server/'))).toEqual([]);
  });

  it('give a flexible server what it needs, list among it', () => {
    const needs = profileOf('mysqlFlexibleServer').needs;
    for (const kind of ['accessMissing', 'copyAwaitingAccess'] as const)
      expect(pageOf(kind)).toContain(Array.isArray(needs) ? toldAs(needs) : 'unsaid');
  });

  it('hold only commands that a shell reads', () => {
    const all = KINDS.flatMap((kind) => commandsIn(pageOf(kind)));
    expect(all.length).toBeGreaterThan(KINDS.length);
    expect(() => execFileSync('bash', ['-n', '-c', all.join('\n')])).not.toThrow();
    expect(all.filter((one) => !/^(az|kubectl|printf|cmk-guardian|curl) /.test(one))).toEqual([]);
  });

  it('say of every step how to undo it, with the command where it can be', () => {
    const repaired = KINDS.filter((kind) => stepsOn(pageOf(kind)).length > 0);
    expect(new Set(repaired.flatMap((kind) => stepsOn(pageOf(kind))))).toEqual(new Set(STEP_KINDS));
    const silent = repaired.filter((kind) => {
      const undo = sectionOf(pageOf(kind), 'Undo it');
      return commandsIn(undo).length === 0 && !/^(Nothing to undo|It cannot be undone)/.test(undo);
    });
    expect(silent).toEqual([]);
  });

  it('say how long it takes, each of them', () => {
    expect(KINDS.filter((kind) => !/^How long it takes: /m.test(pageOf(kind)))).toEqual([]);
  });

  /** Commands that only look, and those whose result harms nobody. */
  const LOOKS = /^(az account show|az [a-z -]* (list|list-\w+|show) |az aks get-credentials|kubectl get)/;

  it('say how to undo what a person did by hand, where that wrote anything', () => {
    const writes = KINDS.filter((kind) =>
      commandsIn(sectionOf(pageOf(kind), 'Do it by hand')).some((one) => !LOOKS.test(one)),
    );
    expect(writes.length).toBeGreaterThan(30);
    expect(writes.filter((kind) => /^There is nothing to undo/.test(sectionOf(pageOf(kind), 'Undo it')))).toEqual([]);
  });

  it('are what every row of the report points to where it fails', () => {
    const pages = ROWS.flatMap(({ page }) => (page ? [page] : []));
    expect(pages.filter((page) => !KINDS.includes(page))).toEqual([]);
    expect(ROWS.filter(({ level, page }) => level !== 'INFO' && !page)).toEqual([]);
  });
});
