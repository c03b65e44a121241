import { describe, expect, it } from 'vitest';
import type { CloudEvent, RaisedEvent } from '../../src/notifications/cloud-event.ts';
import type { Waiting } from '../../src/notifications/outbox.ts';
import type { Posted } from '../../src/notifications/posted.ts';
import { openPublisher } from '../../src/notifications/publisher.ts';
import { sourceOf } from '../../src/notifications/source.ts';
import { topicOf } from '../../src/notifications/topic-of.ts';

const event = (id: string, time = new Date().toISOString()): RaisedEvent => ({
  type: 'CmkGuardian.Key.SightBack',
  id,
  time,
  subject: 'https://kv.vault.azure.net/keys/cmk',
  data: { key: 'https://kv.vault.azure.net/keys/cmk' },
});

/** A topic that answers as the test says, and rows in memory. */
const publishing = (answers: Posted[], keep = async () => undefined as undefined) => {
  const sent: (readonly CloudEvent[])[] = [];
  const waiting: Waiting<readonly RaisedEvent[]>[] = [];
  const lines: string[] = [];
  const topic = async (events: readonly CloudEvent[]): Promise<Posted> => {
    sent.push(events);
    return answers.shift() ?? { kind: 'taken' };
  };
  const outbox = {
    keep: async (one: Waiting<readonly RaisedEvent[]>) => {
      await keep();
      waiting.push(one);
    },
    due: async () => [...waiting],
    claim: async () => true,
    remove: async (one: Waiting<readonly RaisedEvent[]>) => void waiting.splice(waiting.indexOf(one), 1),
  };
  const publisher = openPublisher({ topic, source: '/the/app', outbox, warn: (line) => void lines.push(line) });
  return { ...publisher, sent, waiting, lines, outbox };
};

const DOWN: Posted = { kind: 'failed', why: 'answered 503' };

describe('An event of the product', () => {
  it('goes out as a CloudEvent that says whose it is and what shape its data has', async () => {
    const { publish, sent, waiting } = publishing([]);
    await publish([event('a', '2026-03-02T00:00:00.000Z'), event('b')]);
    expect(sent).toMatchObject([
      [
        {
          id: 'a',
          source: '/the/app',
          time: new Date('2026-03-02T00:00:00Z'),
          dataschema: 'urn:cmk-guardian:event-data:key-sight-back:1',
        },
        { id: 'b' },
      ],
    ]);
    expect(waiting).toEqual([]);
  });

  it('that the topic does not take waits, and goes out later under the same id', async () => {
    const { publish, publishAgain, sent, waiting, lines } = publishing([DOWN]);
    await publish([event('a')]);
    expect(waiting).toMatchObject([{ message: [{ id: 'a' }], tries: 1 }]);
    expect(lines).toEqual(['the Event Grid topic answered 503; the message is kept and sent again']);
    expect(await publishAgain()).toEqual([]);
    expect(sent.map(([one]) => one?.id)).toEqual(['a', 'a']);
    expect(waiting).toEqual([]);
  });

  it('waits without a try for a minute after another one failed: a topic that hangs holds up one repair, not all', async () => {
    const { publish, sent, waiting } = publishing([DOWN]);
    for (const id of ['a', 'b', 'c']) await publish([event(id)]);
    expect([sent.length, waiting.length]).toEqual([1, 3]);
  });

  it('is given up after a day', async () => {
    const { publishAgain, sent, waiting, outbox } = publishing([]);
    const at = new Date(Date.now() - 25 * 3_600_000).toISOString();
    await outbox.keep({ message: [event('old', at)], at, tries: 9, dueAt: at });
    expect(await publishAgain()).toMatchObject([{ id: 'old' }]);
    expect([sent.length, waiting.length]).toEqual([0, 0]);
  });

  it('fails nothing, whatever topic and storage do', async () => {
    const { publish, lines } = publishing([DOWN], async () => Promise.reject(new Error('no storage')));
    await publish([event('a')]);
    expect(lines.at(-1)).toBe('messages that wait cannot be read or kept now: Error');
  });

  it('goes nowhere where no topic is set, and nothing is kept', async () => {
    const outbox = { keep: () => Promise.reject(new Error('kept')) } as never;
    const { publish, publishAgain } = openPublisher({ topic: topicOf({}), source: '', outbox, warn: () => undefined });
    await publish([event('a')]);
    expect(await publishAgain()).toEqual([]);
  });
});

describe('The source of the events', () => {
  const storage = { kind: 'account', account: 'stguardian' } as const;

  it('is the function app, or else where the product keeps its records: a restart changes neither', () => {
    expect(sourceOf({ functionApp: '/the/app', storage, tablePrefix: 'guardian' })).toBe('/the/app');
    expect(sourceOf({ storage, tablePrefix: 'guardian' })).toBe('urn:cmk-guardian:stguardian:guardian');
    const connectionString = 'DefaultEndpointsProtocol=https;AccountName=StGuardian;AccountKey=c2VjcmV0';
    expect(sourceOf({ storage: { kind: 'connectionString', connectionString }, tablePrefix: 'g' })).toBe(
      'urn:cmk-guardian:stguardian:g',
    );
  });
});
