import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Durable, Guardian } from '../../src/loop/guardian.ts';
import type { AlertInput } from '../../src/loop/messages.ts';
import { receiveAlert } from '../../src/web/alerts.ts';
import { ACTION_GROUP } from '../../src/web/callers.ts';
import type { DoorAnswer } from '../../src/web/door.ts';
import { BOUNDS, toDoorRequest } from '../../src/web/read-body.ts';

const fixture = (name: string): string =>
  readFileSync(path.join(import.meta.dirname, '..', 'signals', 'fixtures', 'alerts', name), 'utf8');
const FIRED = fixture('activity-administrative-vault-delete.json');
const RESOLVED = fixture('metric-static-resolved-vault.json');
const TEST = fixture('test-action-administrative.json');
const WEB_TEST = fixture('metric-webtest-fired.json');

type Sent = {
  readonly answer: DoorAnswer;
  readonly followed: readonly AlertInput[];
  readonly calls: number;
};

/** Sends to the alerts route of a product whose storage counts its uses. */
const send = async (text: string, to: { fails?: boolean } = {}): Promise<Sent> => {
  const followed: AlertInput[] = [];
  let calls = 0;
  const store = new Proxy({}, { get: () => ++calls }) as Guardian['store'];
  const durable = {
    followAlert: async (input: AlertInput) => {
      calls += 1;
      if (to.fails) throw new Error('the task hub is gone');
      followed.push(input);
    },
  } as unknown as Durable;
  const body = { chunks: [Buffer.from(text)] };
  const request = toDoorRequest({ params: {}, query: {}, caller: ACTION_GROUP, body }, BOUNDS.event);
  const answer = await receiveAlert(request, { store } as Guardian, durable);
  return { answer, followed, calls };
};

describe('An alert is answered 202', () => {
  it('where it names something, which is then followed', async () => {
    const { answer, followed } = await send(FIRED);
    expect(answer).toMatchObject({ status: 202, body: { heard: 'named' } });
    expect(followed).toMatchObject([
      { kind: 'named', signals: [{ about: 'vault', id: expect.stringMatching(/vaults\/kv-orders$/) }] },
    ]);
  });

  it.each([
    ['is resolved', RESOLVED, /resolved/],
    ['is about nothing of ours', WEB_TEST, /appi-shop/],
  ])('and nothing is done where it %s', async (_what, text, why) => {
    const { answer, calls } = await send(text);
    expect([answer, calls]).toMatchObject([
      { status: 202, body: { heard: 'ignored', why: expect.stringMatching(why) } },
      0,
    ]);
  });

  it.each([
    ['that is not JSON', '{"schemaId":', /not JSON/],
    ['that is empty', '', /not JSON/],
    ['of no schema that is known', '{"a":1}', /no schema/],
    ['of the button Test', TEST, /the test of an action group/],
    ['that is too long', `"${'x'.repeat(BOUNDS.event.bytes)}"`, /larger than/],
  ])('and kept where it is one %s, with the reason', async (_what, text, why) => {
    const { answer, followed } = await send(text);
    expect(answer).toMatchObject({
      status: 202,
      body: { heard: 'held', help: expect.stringContaining('/api/quarantine') },
    });
    expect(followed).toMatchObject([{ kind: 'held', alert: { why: expect.stringMatching(why) } }]);
    const [input] = followed;
    if (input?.kind === 'held') expect(text.startsWith(input.alert.text)).toBe(true);
    expect(JSON.stringify(input).length).toBeLessThan(BOUNDS.event.bytes + 2_000);
  });

  it('after one call at most, whatever it is, and none of them to storage', () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string(), fc.json(), fc.constantFrom(FIRED, RESOLVED, TEST, WEB_TEST)),
        async (text) => {
          const { answer, calls, followed } = await send(text);
          expect(answer.status).toBe(202);
          expect(calls).toBe(followed.length);
          expect(calls).toBeLessThanOrEqual(1);
        },
      ),
    ));

  it('under the same name however often it is delivered, and under another for another', async () => {
    const nameOf = async (text: string) => (await send(text)).followed[0]?.id;
    expect(await nameOf(FIRED)).toBe(await nameOf(FIRED));
    expect(await nameOf(FIRED)).not.toBe(await nameOf(`${FIRED} `));
    expect(await nameOf(FIRED)).toMatch(/^[0-9a-f]{40}$/);
  });
});

it.each([FIRED, TEST])(
  'An alert that nobody can promise to follow is answered 503, so that Azure delivers it again',
  async (text) => {
    expect((await send(text, { fails: true })).answer).toMatchObject({ status: 503, headers: { 'Retry-After': '5' } });
  },
);
