import { describe, expect, it } from 'vitest';
import { incidentReport } from '../../report/incident-report.ts';
import { postureReport, TYPED } from '../../report/posture-report.ts';
import { ROWS } from '../../src/posture/rows.ts';
import { HEADS, INCIDENT, KEY, ORIGIN, POSTURE } from './samples.ts';

/** The text that a reader sees in a report. */
const seen = (report: string): string =>
  report
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

const posture = postureReport({ posture: POSTURE, heads: HEADS, origin: ORIGIN });
const incident = incidentReport({ incident: INCIDENT, origin: ORIGIN });

const EVIL = `"><script>alert(1)</script><img src=x onerror=alert(1)> 'a' & \u202eb`;

/** The same value with an attacker's text in place of every text. */
const evil = <Value>(value: Value): Value =>
  JSON.parse(JSON.stringify(value), (member, one) =>
    typeof one === 'string' && !['at', 'kind', 'verdict', 'check', 'id', 'row'].includes(member) ? EVIL : one,
  );

describe.each([
  ['the posture report', posture],
  ['the report of an incident', incident],
])('%s', (_name, report) => {
  it('is one file that fetches nothing and runs nothing', () => {
    expect(report).toMatch(/^<!doctype html>/);
    expect(report).not.toMatch(/<script|<link|<img|<iframe|\ssrc=|@import|url\(/i);
    expect(report).toContain("default-src 'none'; style-src 'unsafe-inline'");
  });

  it('says scope, time, version and mode, and which head of the ledger proves it', () => {
    const text = seen(report);
    expect(text).toContain('/subscriptions/00000000-0000-0000-0000-000000000000');
    expect(text).toContain('Mode approve');
    expect(text).toContain('CMK Guardian 0.2.0 at https://guardian.azurewebsites.net');
    expect(text).toContain('2026-03-02 09:00:00 UTC');
    expect(text).toMatch(/✓ intact \d+ b93624051b3cc6d3/);
  });
});

describe('a report', () => {
  it.each([
    ['posture', postureReport({ posture: evil(POSTURE), heads: HEADS, origin: evil(ORIGIN) })],
    ['incident', incidentReport({ incident: evil(INCIDENT), origin: evil(ORIGIN) })],
  ])('of the %s escapes whatever a stranger has called something', (_name, report) => {
    expect(report).not.toMatch(/<script|<img|onerror=alert\(1\)>(?!.*&)/);
    expect(report).toContain('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(report).not.toContain('\u202e');
  });

  it('takes nothing of an answer for HTML, also where that has an object in place of a text', () => {
    const evidence = { html: '<meta http-equiv="refresh" content="0;url=https://thief.example">' };
    const lines = POSTURE.lines.map((line) => ({ ...line, evidence: evidence as unknown as string }));
    const report = postureReport({ posture: { ...POSTURE, lines }, heads: HEADS, origin: ORIGIN });
    expect(report).not.toContain('thief.example');
  });

  it('says so where the ledger is not intact', () => {
    const verification = { kind: 'broken', seq: 4, fault: 'Row 4 is not as it was entered.' } as const;
    const report = incidentReport({
      incident: { ...INCIDENT, ledger: { ...INCIDENT.ledger, verification } },
      origin: ORIGIN,
    });
    expect(seen(report)).toContain('✗ broken 4 Row 4 is not as it was entered.');
  });
});

describe('the posture report', () => {
  const text = seen(posture);

  it('says first what fails and what nobody could tell, in the words of the documents, with evidence and command', () => {
    expect(text).toContain('1 of 3 findings fails, 1 could not be told.');
    expect(text.indexOf('What fails')).toBeLessThan(text.indexOf('What passes'));
    expect(text).toContain('The key has not expired');
    expect(text).toContain('Version 0123 expired on 2026-03-01.');
    expect(text).toContain('az keyvault key set-attributes');
  });

  it('says what could not be read instead of passing it over', () => {
    expect(text).toMatch(/What could not be read .*kv-closed could not be read/);
  });

  it('has no row about how a command is typed', () => {
    expect(text).not.toContain('A recent Azure CLI');
    expect(text).toContain('Every row of S2');
    expect(text).not.toContain('Every row of S1');
  });

  it('knows those rows by checks that there are', () => {
    const checks = new Set<string>(ROWS.map(({ check }) => check));
    expect([...TYPED].filter((check) => !checks.has(check))).toEqual([]);
  });
});

describe('the report of an incident', () => {
  const text = seen(incident);

  it('says who was down for how long, why, who did it, who approved and what was written', () => {
    expect(text).toContain('Incident of orders');
    expect(text).toContain('29 min 42 s longest outage');
    expect(text).toContain('2 min 30 s to detect');
    expect(text).toContain('The key version cmk/0123 expired');
    expect(text).toContain('KeyUpdate j.kim@example.com');
    expect(text).toContain('approver@example.com');
    expect(text).toContain('extend the expiry of kv-orders/cmk');
    expect(text).not.toContain('extendKeyExpiry');
    expect(text).toContain('6f5787a4-360d-4b1e-9a63-b16afcc575ad');
    expect(text).toContain(KEY);
  });

  it('says of one that is not over that it is open', () => {
    const { closedAt: _closedAt, ...open } = INCIDENT;
    const { toHeal: _toHeal, ...seconds } = INCIDENT.seconds;
    const report = seen(incidentReport({ incident: { ...open, isOpen: true, seconds }, origin: ORIGIN }));
    expect(report).toContain('✗ still open');
    expect(report).toContain('not over to heal');
  });
});
