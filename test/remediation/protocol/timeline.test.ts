import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/remediation/model/canonical.ts';
import type { FindingKind } from '../../../src/remediation/model/faults.ts';
import { downtimesIn, outagesIn } from '../../../src/remediation/protocol/downtime.ts';
import { accountOf } from '../../../src/remediation/protocol/incident-account.ts';
import { figuresOf } from '../../../src/remediation/protocol/incident-figures.ts';
import { rowsOfIncident } from '../../../src/remediation/protocol/incident-rows.ts';
import { writesIn } from '../../../src/remediation/protocol/incident-writes.ts';
import type { LedgerEntry, LedgerKind } from '../../../src/remediation/protocol/ledger.ts';
import { causesOf, lostAt } from '../../../src/remediation/protocol/loss.ts';
import { stillAffected } from '../../../src/remediation/protocol/still-affected.ts';
import { timelineOf } from '../../../src/remediation/protocol/timeline.ts';
import { aChain, anEntry } from '../../builders/chain.ts';
import { runs } from '../../run/exhaustive.ts';

const INCIDENT = '20260101T000000Z-00000000';
const SERVER = '/subscriptions/s/resourcegroups/data/providers/microsoft.dbformysql/servers/orders';
const KID = 'https://contoso.vault.azure.net/keys/cmk/v1';
const BEGIN = Date.parse('2026-01-01T00:00:00.000Z');
const at = (seconds: number): string => new Date(BEGIN + seconds * 1_000).toISOString();

const aFinding = (
  kind: FindingKind,
  target: string,
  evidence: Readonly<Record<string, string>> = {},
  more: object = {},
) => ({
  kind,
  target,
  evidence,
  harm: [{ consumerId: SERVER, consumerKind: 'mysqlSingleServer', level: 'active', sentence: 'It stops.' }],
  rows: [],
  sentence: `${kind} of ${target}.`,
  ...more,
});

let number = 0;
const entry = (kind: LedgerKind, seconds: number, detail: unknown = {}, more: Partial<LedgerEntry> = {}): LedgerEntry =>
  anEntry(`e${number++}`, { kind, at: at(seconds), incident: INCIDENT, detail: detail as Json, ...more });

const expired = aFinding('keyExpired', KID, { expiresOn: at(0) });
const down = aFinding('consumerInaccessible', SERVER, {}, { explainedBy: `keyExpired ${KID}` });

const step = (
  kind: string,
  target: string,
  from: number,
  to: number,
  ids: readonly string[],
): readonly LedgerEntry[] => {
  const intent = entry(
    'intent',
    from,
    { sentence: `${kind} it.`, undo: 'Undo it.', authority: 'policy' },
    { step: kind, target },
  );
  return [
    intent,
    entry(
      'outcome',
      to,
      { why: 'Azure said so' },
      { step: kind, target, outcome: 'done', intent: intent.id, correlationIds: ids },
    ),
  ];
};

/**
 * A single server's key expires, the probe finds it after 40 s, the server is down at the first look, and serves again after 102
 * s.
 */
const healed = (): readonly LedgerEntry[] => [
  entry('opened', 40, { findings: ['The key version expired.'], by: 'probe' }),
  entry('seen', 40, { findings: [expired, down] }, { evidence: 'e'.repeat(64) }),
  entry('decided', 40, { kind: 'run' }),
  ...step('extendKeyExpiry', KID, 41, 42, ['correlation-1']),
  ...step('revalidateConsumer', SERVER, 42, 102, ['correlation-2']),
  entry('seen', 105, { findings: [] }),
  entry('closed', 105, { healthy: true }),
];

const rowsOf = (entries: readonly LedgerEntry[]) => aChain(entries).rows;

describe('The timeline of an incident', () => {
  it('counts in seconds from the loss, as Azure states it, and says which door found it', () => {
    expect(timelineOf(rowsOf(healed())).map(({ what, seconds, by, step }) => [what, seconds, by ?? step])).toEqual([
      ['lost', 0, undefined],
      ['detected', 40, 'probe'],
      ['down', 40, undefined],
      ['decided', 40, undefined],
      ['begun', 41, 'extendKeyExpiry'],
      ['ended', 42, 'extendKeyExpiry'],
      ['begun', 42, 'revalidateConsumer'],
      ['revalidated', 102, 'revalidateConsumer'],
      ['serves', 102, undefined],
      ['healthy', 105, undefined],
    ]);
  });

  it('begins with the detection where Azure does not say when it happened', () => {
    const disabled = aFinding('keyDisabled', KID);
    const rows = rowsOf([entry('opened', 40), entry('seen', 40, { findings: [disabled] }), entry('closed', 70)]);
    expect(lostAt(rows)).toBeUndefined();
    expect(timelineOf(rows).map(({ what, seconds }) => [what, seconds])).toEqual([
      ['detected', 0],
      ['healthy', 30],
    ]);
  });

  it('begins with the detection of what was seen to come, and the loss comes where it came', () => {
    const near = aFinding('keyNearExpiry', KID, { expiresOn: at(600) });
    const late = aFinding('keyExpired', KID, { expiresOn: at(600) });
    const rows = rowsOf([
      entry('opened', 0),
      entry('seen', 0, { findings: [near] }),
      entry('seen', 640, { findings: [late] }),
    ]);
    expect(timelineOf(rows).map(({ what, seconds }) => [what, seconds])).toEqual([
      ['detected', 0],
      ['lost', 600],
    ]);
  });

  it('tells what a person requested before it, and nothing of the incident before', () => {
    const first = { incident: 'earlier' };
    const rows = rowsOf([
      anEntry('r1', { kind: 'requested', at: at(-900), detail: { by: 'anna', step: 'recoverKey' } }),
      entry('opened', -800, {}, first),
      entry('closed', -700, {}, first),
      anEntry('r2', { kind: 'requested', at: at(35), detail: { by: 'bert', step: 'extendKeyExpiry' } }),
      ...healed(),
    ]);
    const own = rowsOfIncident(rows, INCIDENT);
    expect(own.map(({ id }) => id).filter((id) => id.startsWith('r'))).toEqual(['r2']);
    expect(timelineOf(own)[1]).toMatchObject({ what: 'requested', seconds: 35, by: 'bert' });
    expect(rowsOfIncident(rows, 'none such')).toEqual([]);
  });

  it('calls what a later version enters as it is called there', () => {
    const rows = rowsOf([entry('opened', 0), entry('rejected' as LedgerKind, 9, { by: 'carla', comment: 'not now' })]);
    expect(timelineOf(rows)[1]).toMatchObject({ what: 'rejected', by: 'carla', says: 'not now', seconds: 9 });
  });
});

describe('An incident that ends because somebody affected was let go', () => {
  const rows = rowsOf([
    entry('opened', 40, { findings: ['The key version expired.'] }),
    entry('seen', 40, { findings: [expired, down] }),
    entry('seen', 70, { findings: [aFinding('observationIncomplete', SERVER, {}, { harm: [] })] }),
    entry('seen', 100, { findings: [] }),
    entry('closed', 100, { healthy: false, letGo: [SERVER], why: 'It is out of scope.' }),
  ]);

  it('says so, and of nobody that it serves or is healthy', () => {
    const moments = timelineOf(rows).map(({ what }) => what);
    expect(moments).toEqual(['lost', 'detected', 'down', 'letGo']);
    expect(figuresOf(accountOf(rows, BEGIN)).seconds).not.toHaveProperty('toHeal');
  });

  it('counts the minutes down until then, and none after', () => {
    expect(downtimesIn(rows, BEGIN + 9_000_000)).toMatchObject([{ minutesDown: 1, isDownNow: false }]);
  });

  it('was still affected when it was last seen, though a later look saw nothing; not so who was seen well', () => {
    expect([...stillAffected(rows.slice(0, 3))]).toEqual([SERVER]);
    expect([...stillAffected(rows)]).toEqual([]);
  });
});

describe('Minutes down', () => {
  it('count from the look that saw it to the end of its revalidation, and at most from the loss', () => {
    expect(downtimesIn(rowsOf(healed()), BEGIN + 200_000)).toEqual([
      { consumerId: SERVER, minutesDown: 1.03, atMostMinutes: 1.7, isDownNow: false },
    ]);
  });

  it('are none of a consumer that was affected and healed before it went down', () => {
    const rows = rowsOf([entry('opened', 40), entry('seen', 40, { findings: [expired] }), entry('closed', 90)]);
    expect(downtimesIn(rows, BEGIN)).toEqual([]);
  });

  it('go on while it is down, and end with the look that sees it well where somebody else has healed it', () => {
    const open = [entry('opened', 40), entry('seen', 40, { findings: [expired, down] })];
    expect(downtimesIn(rowsOf(open), BEGIN + 100_000)).toMatchObject([{ minutesDown: 1, isDownNow: true }]);
    const well = rowsOf([...open, entry('seen', 160, { findings: [] })]);
    expect(downtimesIn(well, BEGIN + 900_000)).toMatchObject([{ minutesDown: 2, isDownNow: false }]);
  });
});

describe('What was written in an incident', () => {
  it('has its times, Azure’s own ids, how to undo it and its rows in the chain', () => {
    expect(writesIn(rowsOf(healed()))).toMatchObject([
      {
        step: 'extendKeyExpiry',
        seconds: 1,
        outcome: 'done',
        correlationIds: ['correlation-1'],
        undo: 'Undo it.',
        rows: [4, 5],
      },
      { step: 'revalidateConsumer', seconds: 60, outcome: 'done', correlationIds: ['correlation-2'], rows: [6, 7] },
    ]);
  });

  it('shows a step that is at work without an end', () => {
    const [intent] = step('recoverKey', KID, 1, 2, []);
    expect(writesIn(rowsOf(intent ? [intent] : []))).toEqual([
      {
        step: 'recoverKey',
        target: KID,
        begunAt: at(1),
        authority: 'policy',
        undo: 'Undo it.',
        correlationIds: [],
        rows: [1],
      },
    ]);
  });
});

it('The cause of an incident is what no other fault explains', () => {
  const { faults, roots } = causesOf(rowsOf(healed()));
  expect(faults.map(({ kind }) => kind)).toEqual(['keyExpired', 'consumerInaccessible']);
  expect(roots.map(({ kind }) => kind)).toEqual(['keyExpired']);
});

const KINDS = [
  'opened',
  'seen',
  'decided',
  'asked',
  'approved',
  'requested',
  'intent',
  'outcome',
  'baseline',
  'closed',
] as const;
const seconds = fc.integer({ min: -5_000, max: 5_000 });
const arbitraryFinding = fc.oneof(
  seconds.map((when) => aFinding('keyExpired', KID, { expiresOn: at(when) })),
  seconds.map((when) => aFinding('keyDeleted', KID, { deletedOn: at(when) })),
  fc.constantFrom('a', 'b', 'c').map((name) => aFinding('consumerInaccessible', name)),
  fc.constant(aFinding('keyDisabled', KID, { expiresOn: 'never' })),
);
const arbitraryEntry = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    when: seconds,
    findings: fc.array(arbitraryFinding, { maxLength: 4 }),
    target: fc.constantFrom('a', 'b', KID),
    step: fc.constantFrom('revalidateConsumer', 'extendKeyExpiry', 'of another version'),
    outcome: fc.constantFrom('done', 'blocked'),
  })
  .map(({ kind, when, findings, target, step, outcome }) => entry(kind, when, { findings }, { target, step, outcome }));

describe('Of whatever was entered, in whatever order', () => {
  it('the timeline begins with 0, never goes back, and tells each moment at its time', () => {
    fc.assert(
      fc.property(fc.array(arbitraryEntry, { minLength: 1, maxLength: 30 }), (entries) => {
        const timeline = timelineOf(rowsOf(entries));
        const counted = timeline.map(({ seconds }) => seconds);
        expect(counted).toEqual(counted.toSorted((one, other) => one - other));
        expect(counted[0] ?? 0).toBe(0);
        for (const { at, seconds } of timeline)
          expect(Date.parse(at) - Date.parse(timeline[0]?.at ?? '')).toBe(seconds * 1_000);
      }),
      { numRuns: runs(1_000) },
    );
  });

  it('nobody is down for less than nothing, for longer than at most, or longer than the incident lasted', () => {
    fc.assert(
      fc.property(fc.array(arbitraryEntry, { minLength: 1, maxLength: 30 }), (entries) => {
        const rows = rowsOf(entries);
        const now = BEGIN + 5_000_000;
        const times = [...rows.map((row) => Date.parse(row.at)), lostAt(rows) ?? now];
        const elapsed = (now - Math.min(...times)) / 60_000;
        for (const { minutesDown, atMostMinutes } of downtimesIn(rows, now)) {
          expect(minutesDown).toBeGreaterThanOrEqual(0);
          expect(atMostMinutes).toBeGreaterThanOrEqual(minutesDown);
          expect(atMostMinutes).toBeLessThanOrEqual(elapsed);
        }
      }),
      { numRuns: runs(1_000) },
    );
  });

  it('no two outages of one consumer overlap', () => {
    fc.assert(
      fc.property(fc.array(arbitraryEntry, { minLength: 1, maxLength: 30 }), (entries) => {
        for (const outages of Map.groupBy(outagesIn(rowsOf(entries)), ({ consumerId }) => consumerId).values())
          for (const [place, { earliest }] of outages.entries())
            expect(earliest).toBeGreaterThanOrEqual(outages[place - 1]?.to ?? earliest);
      }),
      { numRuns: runs(1_000) },
    );
  });
});
