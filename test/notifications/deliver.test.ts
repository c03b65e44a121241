import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDelivery } from '../../src/notifications/deliver.ts';
import type { Message } from '../../src/notifications/message.ts';
import { messageOf } from '../../src/notifications/message-of.ts';
import type { Waiting } from '../../src/notifications/outbox.ts';
import { webhookRetryMs } from '../../src/notifications/retry-after.ts';
import { isFor, type MessageTarget } from '../../src/notifications/target.ts';
import { SAMPLES, type SampleName } from './sample-notices.ts';

const message = (name: SampleName): Message => messageOf({ ...SAMPLES[name], at: new Date().toISOString() }, {});

const target = (more: Partial<MessageTarget> = {}): MessageTarget => ({
  name: 'team',
  channel: 'slack',
  url: 'https://hooks.slack.com/s3cr3t',
  key: '',
  kinds: [],
  scopes: [],
  owners: [],
  ...more,
});

describe('a message is for a target', () => {
  it.each<[string, Partial<MessageTarget>, SampleName, boolean]>([
    ['that names nothing', {}, 'ask', true],
    ['of its kind', { kinds: ['ask'] }, 'ask', true],
    ['of another kind', { kinds: ['report'] }, 'ask', false],
    ['where somebody is down', { impact: 'down' }, 'ask', true],
    ['where nobody is down', { impact: 'down' }, 'healthy', false],
    [
      'for its group',
      { scopes: ['/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/DATA'] },
      'ask',
      true,
    ],
    [
      'for a group whose name only begins so',
      { scopes: ['/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/dat'] },
      'ask',
      false,
    ],
    ['of its owner, however that is written', { owners: ['Team-Orders '] }, 'ask', true],
    ['of another owner', { owners: ['team-web'] }, 'ask', false],
    ['of one owner, and it is the product’s own', { owners: ['team-web'] }, 'alert', false],
    ['where somebody is down, and it is an alert of the product', { impact: 'down' }, 'alert', true],
  ])('%s: %p', (_why, more, name, is) => {
    expect(isFor(target(more), message(name))).toBe(is);
  });
});

describe('a receiver that asks to be left alone', () => {
  it.each([
    ['120', 120_000],
    ['Mon, 02 Mar 2026 00:02:00 GMT', 120_000],
    ['999999', 3_600_000],
    ['0', undefined],
    ['soon', undefined],
    [null, undefined],
  ])('with %p is left for %p ms', (header, ms) => {
    expect(webhookRetryMs(header, Date.parse('2026-03-02T00:00:00Z'))).toBe(ms);
  });
});

/** Rows in memory. */
const anOutbox = () => {
  const waiting: Waiting<Message>[] = [];
  const at = ({ message: { id } }: Waiting<Message>): number => waiting.findIndex((one) => one.message.id === id);
  return {
    waiting,
    keep: async (one: Waiting<Message>) => void (at(one) < 0 ? waiting.push(one) : waiting.splice(at(one), 1, one)),
    due: async (now: string, count: number) => waiting.filter(({ dueAt }) => dueAt <= now).slice(0, count),
    claim: async (one: Waiting<Message>, next: Pick<Waiting<Message>, 'tries' | 'dueAt'>) => {
      waiting.splice(at(one), 1, { ...one, ...next });
      return true;
    },
    remove: async (one: Waiting<Message>) => void waiting.splice(at(one), 1),
  };
};

const memoryOfThreads = () => {
  const begun = new Set<string>();
  return {
    begin: async (name: string, thread: string) => void begun.add(`${name} ${thread}`),
    end: async (name: string, thread: string) => begun.delete(`${name} ${thread}`),
  };
};

describe('delivery', () => {
  const taken: { readonly path: string; readonly type: string; readonly body: unknown }[] = [];
  let answer: { status: number; headers?: Record<string, string> } = { status: 200 };
  let server: Server;
  let base = '';
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const fails = request.url === '/bad' && answer.status !== 200;
      if (!fails)
        taken.push({
          path: request.url ?? '',
          type: request.headers['content-type'] ?? '',
          body: JSON.parse(Buffer.concat(chunks).toString()),
        });
      response.writeHead(fails ? answer.status : 200, fails ? answer.headers : {}).end();
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  beforeEach(() => {
    taken.splice(0);
    answer = { status: 200 };
  });

  const aDelivery = (...targets: readonly Partial<MessageTarget>[]) => {
    const outboxes: Record<string, ReturnType<typeof anOutbox>> = {};
    const warnings: string[] = [];
    const delivery = openDelivery({
      targets: targets.map((more) => target({ url: `${base}/good`, ...more })),
      source: 'urn:cmk-guardian:test',
      outboxOf: (name) => {
        outboxes[name] = anOutbox();
        return outboxes[name];
      },
      threads: memoryOfThreads(),
      warn: (line) => void warnings.push(line),
    });
    return { ...delivery, outboxes, warnings };
  };

  it('gives each target the form of its channel', async () => {
    const { deliver } = aDelivery(
      { name: 'a' },
      { name: 'b', channel: 'cloudevents' },
      { name: 'c', channel: 'teams' },
    );
    await deliver(message('ask'));
    expect(taken.map(({ type }) => type).toSorted()).toEqual([
      'application/cloudevents+json; charset=utf-8',
      'application/json',
      'application/json',
    ]);
  });

  it('keeps for one target what that does not take, while the other has it, and says no address', async () => {
    const { deliver, outboxes, warnings } = aDelivery({ name: 'a' }, { name: 'b', url: `${base}/bad` });
    answer = { status: 503 };
    await deliver(message('ask'));
    expect(taken.map(({ path }) => path)).toEqual(['/good']);
    expect([outboxes['a']?.waiting.length, outboxes['b']?.waiting.length]).toEqual([0, 1]);
    expect(warnings).toEqual(['the message target b takes no message now (503); the message is kept and sent again']);
  });

  it.each([302, 307, 308])('follows no receiver that leads elsewhere (%i): it waits for that one', async (status) => {
    const { deliver, outboxes } = aDelivery({ name: 'b', url: `${base}/bad` });
    answer = { status, headers: { location: `${base}/elsewhere` } };
    await deliver(message('ask'));
    expect(taken).toEqual([]);
    expect(outboxes['b']?.waiting).toHaveLength(1);
  });

  it('sends nothing, new or waiting, before the time that a 429 asks for', async () => {
    const { deliver, deliverAgain, outboxes } = aDelivery({ name: 'b', url: `${base}/bad` });
    answer = { status: 429, headers: { 'retry-after': '600' } };
    const from = Date.now();
    await deliver(message('ask'));
    answer = { status: 200 };
    await deliver(message('alert'));
    await deliverAgain();
    expect(taken).toEqual([]);
    const due = outboxes['b']?.waiting.map(({ dueAt }) => Date.parse(dueAt) - from) ?? [];
    expect(due).toHaveLength(2);
    expect(due.every((ms) => ms >= 600_000)).toBe(true);
  });

  it('tells the end of something to whom its beginning was told, and to nobody else', async () => {
    const { deliver } = aDelivery(
      { name: 'a', kinds: ['ask'] },
      { name: 'b', url: `${base}/other`, kinds: ['report'] },
    );
    await deliver(message('ask'));
    await deliver(message('healthy'));
    await deliver({ ...message('healthy'), id: 'once more' });
    expect(taken.map(({ path }) => path)).toEqual(['/good', '/good']);
  });
});
