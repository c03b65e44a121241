import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ROUTES, twinOf } from '../../../src/surface.ts';
import { type App, HOUR, startApp } from '../../builders/app.ts';
import { anyBody, anyText } from '../../builders/arbitrary-input.ts';
import { orders, single, writes } from '../../builders/incident.ts';
import { PEOPLE } from '../../builders/people.ts';
import { type RawRequest, sendRaw, workerMemory } from '../../builders/raw-request.ts';
import { isExhaustive } from '../../run/exhaustive.ts';

/** The number of requests; the first half of them fills the quarantine to its limit. */
const REQUESTS = isExhaustive ? 4_000 : 40;
const AT_ONCE = 10;

/** The host itself refuses a longer line. */
const LONGEST = 4_000;

const inUrl = (text: string): string => encodeURIComponent(text.slice(0, 400).toWellFormed());

const inHeader = (text: string): string => text.replaceAll(/[^\x20-\x7e]/g, '').slice(0, LONGEST);

const NAMES = [
  'key',
  'why',
  'target',
  'row',
  'verdict',
  'format',
  'part',
  'subject',
  'gaps',
  'open',
  'from',
  'after',
  '$filter',
  'code',
];

const query = fc
  .dictionary(fc.constantFrom(...NAMES), anyText, { maxKeys: 3 })
  .map((members) => Object.entries(members).map(([name, value]) => `${name}=${inUrl(value)}`));

const authorization = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: anyText.map((text) => ({ authorization: inHeader(`Bearer ${text}`) })) },
);

/** A caller with a key may start a look at everything: these routes need no body for that. */
const LOOKS: readonly string[] = ['start-sweep', 'look-at-posture'];

/** A caller without a token uses the key, at the twin where there is one. */
const pathOf = (one: (typeof ROUTES)[number], headers: object): string =>
  'authorization' in headers || one.keyed.level === 'none' ? one.route : twinOf(one);

const anyRequest: fc.Arbitrary<RawRequest> = fc
  .tuple(fc.constantFrom(...ROUTES.filter(({ name }) => !LOOKS.includes(name))), anyText, query, authorization, anyBody)
  .map(([one, named, asked, headers, body]) => ({
    method: one.method,
    path: `/api/${pathOf(one, headers).replaceAll(/\{[^}]*\}/g, inUrl(named) || 'none')}?${asked.join('&').slice(0, LONGEST)}`,
    headers: { 'content-type': 'application/json', ...headers },
    body: one.method === 'GET' ? '' : body.toWellFormed(),
  }));

const sendAll = async (app: App, requests: readonly RawRequest[]): Promise<void> => {
  for (let start = 0; start < requests.length; start += AT_ONCE) {
    const batch = requests.slice(start, start + AT_ONCE);
    const statuses = await Promise.all(batch.map((request) => sendRaw(app, request)));
    const failed = batch.filter((_request, at) => (statuses[at] ?? 0) >= 500);
    expect(failed).toEqual([]);
  }
};

describe('Whatever is sent to the doors', () => {
  it('none of them fails, nothing is started or written, and no memory is kept', async () => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'doors', settings: PEOPLE });
    const requests = fc.sample(anyRequest, { numRuns: REQUESTS, seed: isExhaustive ? Date.now() % 1_000_000 : 10 });
    await sendAll(app, requests.slice(0, REQUESTS / 2));
    const before = workerMemory(app);
    await sendAll(app, requests.slice(REQUESTS / 2));
    expect(workerMemory(app) - before).toBeLessThan(80);
    await app.pass(HOUR);
    expect((await app.door({ method: 'GET', path: '/api/reconciliations' }, 200)).body).toMatchObject({
      value: [],
    });
    expect(writes(app)).toEqual([]);
  });
});
