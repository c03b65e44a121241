import { readFileSync, truncateSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { historyEvent } from '../../../local/host/durable/history.ts';
import { newInstance } from '../../../local/host/durable/instance.ts';
import { openJournal, readJournal } from '../../../local/host/durable/journal.ts';
import { applyRecord, type Instances, type JournalRecord } from '../../../local/host/durable/journal-record.ts';
import { newFolder } from './host-process.ts';

const NOW = new Date('2026-01-01T00:00:00Z');
const IDS = fc.constantFrom('a', 'b', 'c');

const put = IDS.map((instanceId): JournalRecord => {
  const instance = newInstance({ instanceId, name: 'hello', input: null, parent: null }, NOW);
  return { kind: 'put', instance: { ...instance, executionId: `execution of ${instanceId}` } };
});
const message = fc.tuple(IDS, fc.string()).map(
  ([to, Name]): JournalRecord => ({
    kind: 'message',
    to,
    executionId: null,
    event: historyEvent('EventRaised', { Name, Input: null }, NOW),
  }),
);
const step = fc.tuple(IDS, fc.nat(2), fc.constantFrom('Running' as const, 'Completed' as const)).map(
  ([instanceId, consumed, status]): JournalRecord => ({
    kind: 'step',
    instanceId,
    consumed,
    putBack: [],
    events: [historyEvent('OrchestratorStarted', {}, NOW)],
    change: { status },
  }),
);
const renew = fc.tuple(IDS, fc.nat(2)).map(([instanceId, consumed]): JournalRecord => {
  const instance = newInstance({ instanceId, name: 'hello', input: null, parent: null }, NOW);
  return { kind: 'renew', instance: { ...instance, executionId: 'next' }, consumed };
});
const purge = IDS.map((instanceId): JournalRecord => ({ kind: 'purge', instanceId }));
const lines = fc.array(fc.array(fc.oneof(put, message, step, renew, purge), { minLength: 1, maxLength: 3 }), {
  maxLength: 12,
});

const journalFile = (): string => path.join(newFolder(), 'hub.jsonl');
const plain = (instances: Instances): unknown => JSON.parse(JSON.stringify([...instances]));

/** Writes the lines as the hub does: appended first, then applied. Gives the state before the last line, and after. */
function write(file: string, all: JournalRecord[][]): { before: unknown; after: unknown } {
  const instances = readJournal(file);
  const journal = openJournal(file, instances, () => {});
  let before = plain(instances);
  for (const records of all) {
    before = plain(instances);
    journal.append(records);
    for (const record of structuredClone(records)) applyRecord(instances, record);
  }
  journal.close();
  return { before, after: plain(instances) };
}

describe('the next execution of an instance', () => {
  it('gets what came while the last one ended, but not the answers to its work', () => {
    const instance = newInstance({ instanceId: 'a', name: 'hello', input: null, parent: null }, NOW);
    const event = historyEvent('EventRaised', { Name: 'go', Input: null }, NOW);
    const late = historyEvent('TimerFired', { TimerId: 0, FireAt: NOW.toISOString() }, NOW);
    const instances: Instances = new Map([['a', { ...instance, inbox: [...instance.inbox, late, event] }]]);
    const next = { ...instance, executionId: 'next' };
    applyRecord(instances, { kind: 'renew', instance: next, consumed: 1 });
    expect(instances.get('a')).toMatchObject({ executionId: 'next', inbox: [...next.inbox, event] });
  });
});

describe('the journal', () => {
  it('tells the same state that it was written from, also after it was compacted', () => {
    fc.assert(
      fc.property(lines, lines, (first, second) => {
        const file = journalFile();
        write(file, first);
        const { after } = write(file, second);
        expect(plain(readJournal(file))).toEqual(after);
      }),
      { numRuns: 50 },
    );
  });

  it('forgets a torn last line as a whole, wherever it was torn', () => {
    fc.assert(
      fc.property(
        lines.filter((all) => all.length > 0),
        fc.nat(),
        (all, cut) => {
          const file = journalFile();
          const { before } = write(file, all);
          const bytes = readFileSync(file);
          const lastLine = bytes.length - 1 - bytes.lastIndexOf('\n', bytes.length - 2);
          truncateSync(file, bytes.length - 1 - (cut % lastLine));
          expect(plain(readJournal(file))).toEqual(before);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('numbers the lines of this start', () => {
    const file = journalFile();
    write(file, [[], []]);
    const numbers: number[] = [];
    const journal = openJournal(file, readJournal(file), (line) => numbers.push(line));
    journal.append([]);
    journal.append([]);
    expect(numbers).toEqual([1, 2]);
  });
});
