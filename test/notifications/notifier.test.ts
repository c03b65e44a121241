import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Notice } from '../../src/notifications/notice.ts';
import { openNotifier } from '../../src/notifications/notifier.ts';
import type { Waiting as WaitingMessage } from '../../src/notifications/outbox.ts';

type Waiting = WaitingMessage<Notice>;

const notice = {
  keyId: 'https://kv-orders.vault.azure.net/keys/cmk',
  verdict: 'ask',
  sentences: ['Somebody is asked.'],
};

/** Rows in memory. */
const anOutbox = (waiting: Waiting[] = []) => ({
  waiting,
  keep: async (one: Waiting) => void waiting.push(one),
  due: async (now: string, count: number) => waiting.filter(({ dueAt }) => dueAt <= now).slice(0, count),
  claim: async (one: Waiting, next: Pick<Waiting, 'tries' | 'dueAt'>) => {
    waiting.splice(waiting.indexOf(one), 1, { ...one, ...next });
    return true;
  },
  remove: async ({ at }: Waiting) =>
    void waiting.splice(
      waiting.findIndex((one) => one.at === at),
      1,
    ),
});

const aNotifier = (webhook?: string, outbox = anOutbox()) => {
  const lines: string[] = [];
  const warnings: string[] = [];
  const log = (line: string) => void lines.push(line);
  const warn = (line: string) => {
    log(line);
    warnings.push(line);
  };
  const notifier = openNotifier({ webhook, outbox, log, warn });
  return { ...notifier, lines, warnings, waiting: outbox.waiting };
};

const ago = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
const overdue = (sentence: string, hours: number): Waiting => ({
  message: { ...notice, at: ago(hours), sentences: [sentence] },
  at: ago(hours),
  tries: 1,
  dueAt: ago(0.1),
});

describe('A message', () => {
  const bodies: { sentences: string[] }[] = [];
  let status = 200;
  const answering = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    bodies.push(JSON.parse(Buffer.concat(chunks).toString()));
    response.writeHead(status).end('{"why": "because"}');
  });
  const gone = createServer();
  const bases: string[] = [];
  beforeAll(async () => {
    for (const server of [answering, gone]) {
      await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
      bases.push(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    }
    await new Promise((resolve) => gone.close(resolve));
  });
  beforeEach(() => {
    status = 200;
    bodies.splice(0);
  });
  afterAll(() => void answering.close());

  it('is in the log, whether or not there is a webhook, and without one nothing waits', async () => {
    const { notify, notifyAgain, lines, waiting } = aNotifier();
    await notify(notice);
    expect(lines).toEqual([`${notice.keyId}: ask. Somebody is asked.`]);
    expect(await notifyAgain()).toEqual([]);
    expect(waiting).toEqual([]);
  });

  it.each([
    ['ask', true],
    ['report', true],
    ['unseen', true],
    ['alert', true],
    ['run', false],
    ['healthy', false],
  ])(
    'that says %s is a warning where a person must act (%s), and a line of information elsewhere',
    async (verdict, isOne) => {
      const { notify, lines, warnings } = aNotifier();
      await notify({ ...notice, verdict });
      expect(lines).toHaveLength(1);
      expect(warnings).toEqual(isOne ? lines : []);
    },
  );

  it('is posted with the time at which that was found which it tells', async () => {
    const { notify, waiting } = aNotifier(bases[0]);
    await notify({ ...notice, at: '2026-03-02T00:00:00.000Z' });
    expect(bodies).toEqual([{ ...notice, at: '2026-03-02T00:00:00.000Z' }]);
    expect(waiting).toEqual([]);
  });

  it.each([
    ['nobody answers', () => `${bases[1]}/services/T0/B0/s3cr3t?code=s3cr3t`, 'failed: ECONNREFUSED'],
    ['it answers no', () => `${bases[0]}/services/T0/B0/s3cr3t?code=s3cr3t`, 'takes no message now (503)'],
    ['it holds a password', () => 'http://s3cr3t:s3cr3t@127.0.0.1/hooks', 'failed: TypeError'],
    ['it is no URL', () => 'services/T0/B0/s3cr3t', 'failed: ERR_INVALID_URL'],
  ])(
    'whose webhook does not take it (%s) waits, and the log never says where the webhook is',
    async (_why, at, said) => {
      status = 503;
      const { notify, lines, waiting } = aNotifier(at());
      await notify(notice);
      expect(lines.slice(1)).toEqual([`the notification webhook ${said}; the message is kept and sent again`]);
      expect(waiting).toMatchObject([{ message: notice, tries: 1 }]);
      expect(JSON.stringify(waiting)).not.toContain('s3cr3t');
    },
  );

  it('waits without a try for a minute after another one failed: a webhook that hangs holds up one repair, not all', async () => {
    status = 503;
    const { notify, waiting } = aNotifier(bases[0]);
    for (const one of [1, 2, 3]) await notify({ ...notice, sentences: [`${one}`] });
    expect(bodies).toHaveLength(1);
    expect(waiting.map(({ message: { sentences } }) => sentences)).toEqual([['1'], ['2'], ['3']]);
  });

  it('that nobody can keep is logged, and fails nothing', async () => {
    const outbox = { ...anOutbox(), keep: async () => Promise.reject(new Error('no storage')) };
    const { notify, lines } = aNotifier(bases[1], outbox);
    await notify(notice);
    expect(lines.at(-1)).toBe('messages that wait cannot be read or kept now: Error');
  });

  it('that waits is sent when it is due, oldest first, and waits no more', async () => {
    const later = { ...overdue('later', 1), dueAt: ago(-1) };
    const { notifyAgain, waiting } = aNotifier(bases[0], anOutbox([overdue('a', 3), overdue('b', 2), later]));
    await notifyAgain();
    expect(bodies.map(({ sentences }) => sentences)).toEqual([['a'], ['b']]);
    expect(waiting).toEqual([later]);
  });

  it('that is refused alone keeps no other waiting; where nothing is taken one is tried, and no more', async () => {
    status = 400;
    const refused = aNotifier(bases[0], anOutbox([overdue('a', 3), overdue('b', 2)]));
    await refused.notifyAgain();
    expect(bodies).toHaveLength(2);
    status = 429;
    const failing = aNotifier(bases[0], anOutbox([overdue('a', 3), overdue('b', 2)]));
    await failing.notifyAgain();
    expect(bodies).toHaveLength(3);
    expect(failing.waiting.map(({ tries }) => tries)).toEqual([2, 1]);
  });

  it('that somebody else is sending is left to them', async () => {
    const { notifyAgain } = aNotifier(bases[0], { ...anOutbox([overdue('a', 3)]), claim: async () => false });
    await notifyAgain();
    expect(bodies).toEqual([]);
  });

  it('is given up after a day', async () => {
    const { notifyAgain, waiting } = aNotifier(bases[0], anOutbox([overdue('old', 24.1), overdue('young', 23.9)]));
    expect(await notifyAgain()).toMatchObject([{ sentences: ['old'] }]);
    expect(bodies.map(({ sentences }) => sentences)).toEqual([['young']]);
    expect(waiting).toEqual([]);
  });
});
