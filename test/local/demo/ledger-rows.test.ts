import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '../../../local/demo/ledger-entry.ts';
import { ledgerRows } from '../../../local/demo/ledger-rows.ts';

const entry = (kind: string, detail: unknown, more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  chain: 'https://kv-orders.vault.azure.net/keys/cmk',
  at: '2026-01-01T00:08:30.000Z',
  seq: 1,
  kind,
  detail,
  ...more,
});

const steps = [
  { kind: 'extendKeyExpiry', sentence: 'Extend the expiry.' },
  { kind: 'revalidateConsumer', sentence: 'Revalidate orders.' },
];
const decision = (kind: string, why?: string) => ({
  kind,
  plan: { planId: 'ce90', steps },
  verdicts: steps.map(() => ({ verdict: kind, ...(why && { why }) })),
  notes: [],
});

const IN_USE = { isUsed: true };

const stageAndText = (one: LedgerEntry, use = IN_USE) =>
  ledgerRows(one, use).map(({ stage, text }) => `${stage}: ${text}`);

describe('the ledger, told to a stranger', () => {
  it('begins with what was found, at the time of the entry', () => {
    const [row] = ledgerRows(entry('opened', { findings: ['The key expired.', 'orders is Inaccessible.'] }), IN_USE);
    expect(row).toEqual({
      at: Date.UTC(2026, 0, 1, 0, 8, 30),
      stage: 'detected',
      text: 'The key expired. orders is Inaccessible.',
      tone: 'bad',
    });
  });

  it.each([
    ['keyVaultEvent', 'An event from Event Grid woke the app.'],
    ['resourceEvent', 'An event from Event Grid, of a write, woke the app.'],
    ['alert', 'An alert from Azure Monitor woke the app.'],
    ['probe', 'The probe, which needs no event, woke the app.'],
    ['sweep', 'The sweep, which needs no event, woke the app.'],
    ['call', 'A call of its API woke the app.'],
  ])('says by the app’s own record that it was woken as %s', (by, words) => {
    expect(stageAndText(entry('opened', { findings: ['The key expired.'], by }))).toEqual([
      `detected: ${words} The key expired.`,
    ]);
  });

  it('guesses at nothing where the app does not say what woke it', () => {
    expect(stageAndText(entry('opened', { findings: ['The key expired.'] }))).toEqual(['detected: The key expired.']);
  });

  it('says of an incident that was closed because nobody uses the key just that, and not that all is well', () => {
    expect(stageAndText(entry('closed', { healthy: true }), { isUsed: false })).toEqual([
      'closed: The incident is closed: nobody uses cmk in kv-orders any more.',
    ]);
  });

  it('names the steps that are done without asking', () => {
    expect(stageAndText(entry('decided', decision('run')))).toEqual([
      'decided: To do, allowed without asking: extend key expiry, then revalidate consumer.',
    ]);
  });

  it('says of steps that a person has approved that they were approved', () => {
    const run = decision('run');
    const [extension, revalidation] = run.verdicts;
    const verdicts = [
      { ...extension, authority: { kind: 'approval' } },
      { ...revalidation, authority: { kind: 'policy' } },
    ];
    expect(stageAndText(entry('decided', { ...run, verdicts }))).toEqual([
      'decided: To do, as a person has approved: extend key expiry, then revalidate consumer.',
    ]);
  });

  it('says what is asked, and which plan is to be approved', () => {
    const [told = ''] = stageAndText(entry('asked', decision('ask', 'Mode approve asks before every step.')));
    expect(told).toMatch(
      /^asked: Waits for an approval of plan ce90\. 1\. Extend .* 2\. Revalidate orders\. Mode approve asks/,
    );
  });

  it('says why nothing is done, once, and what would be', () => {
    expect(stageAndText(entry('decided', decision('report', 'Mode observe repairs nothing.')))).toEqual([
      'reported: Nothing is done. Mode observe repairs nothing. What it would do: 1. Extend the expiry. 2. Revalidate orders.',
    ]);
  });

  it('says what is left to people, where the app has done what it could', () => {
    const notes = ['Recovery of kv-orders did not bring this back.'];
    const left = { ...decision('report'), plan: { planId: 'ce90', steps: [] }, verdicts: [], notes };
    expect(stageAndText(entry('decided', left))).toEqual([
      'reported: Left to people. Recovery of kv-orders did not bring this back.',
    ]);
  });

  it('tells of a step when it begins and when it is done', () => {
    const extend = { step: 'extendKeyExpiry' };
    expect(stageAndText(entry('intent', { sentence: 'Extend the expiry.' }, extend))).toEqual([
      'extending: Extend the expiry.',
    ]);
    expect(stageAndText(entry('outcome', { why: 'cmk is valid' }, { ...extend, outcome: 'done' }))).toEqual([
      'extended: cmk is valid.',
    ]);
  });

  it.each([
    ['recoverKey', 'recovering', 'recovered'],
    ['restoreNetworkRules', 'restoring', 'restored'],
    ['setVaultBypass', 'setting', 'set'],
    ['rebuildEventSubscription', 'rebuilding', 'rebuilt'],
  ])('says of %s that it is %s, and then that it is %s', (step, begun, done) => {
    expect(stageAndText(entry('intent', { sentence: 'So.' }, { step }))).toEqual([`${begun}: So.`]);
    expect(stageAndText(entry('outcome', { why: 'so' }, { step, outcome: 'done' }))).toEqual([`${done}: so.`]);
  });

  it('leaves it to the server to say that it was revalidated, but not that it was not', () => {
    const revalidate = { step: 'revalidateConsumer' };
    expect(ledgerRows(entry('outcome', { why: 'ended' }, { ...revalidate, outcome: 'done' }), IN_USE)).toEqual([]);
    expect(stageAndText(entry('outcome', { why: 'Azure said no' }, { ...revalidate, outcome: 'blocked' }))).toEqual([
      'blocked: revalidate consumer: Azure said no',
    ]);
  });

  it('says which key was found healthy first', () => {
    expect(stageAndText(entry('baseline', {}))).toEqual([
      'healthy: cmk in kv-orders and all that uses it are healthy. That is remembered as the baseline.',
    ]);
  });

  it('ends with Ready', () => {
    expect(ledgerRows(entry('closed', { healthy: true }), IN_USE)).toMatchObject([{ stage: 'Ready', tone: 'good' }]);
  });
});
