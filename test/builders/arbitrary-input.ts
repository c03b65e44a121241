/** Input of an attacker who wants to stop or to fool a parser: almost valid, and far from valid. Knows nothing of Vitest. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { anyCharacter } from './arbitrary-text.ts';

const fixtures = path.join(import.meta.dirname, '..', 'signals', 'fixtures');

const payloads: readonly unknown[] = ['events', 'alerts'].flatMap((folder) =>
  readdirSync(path.join(fixtures, folder))
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(path.join(fixtures, folder, file), 'utf8')) as unknown),
);

const SUBSCRIPTION = '/subscriptions/11111111-1111-1111-1111-111111111111';
const VAULT = `${SUBSCRIPTION}/resourceGroups/rg-data/providers/Microsoft.KeyVault/vaults/kv-orders`;

const RIGHT = [
  SUBSCRIPTION,
  VAULT,
  `${VAULT}/keys/orders-cmk`,
  `${VAULT}/providers/Microsoft.Authorization/roleAssignments/1`,
  'https://kv-orders.vault.azure.net',
  'https://kv-orders.vault.azure.net/keys/orders-cmk/0123456789abcdef0123456789abcdef',
  '2026-07-01T12:00:00Z',
];
const PIECES = [
  ...['/', '//', '/../', '/./', '%2f', '%2e%2e', '%00', '%', '\\', ' ', '\t', '\n', '\u0000', '\u202e', '\ud800', '@'],
  ...[
    'providers',
    '/providers/',
    'keys',
    '?a=b',
    '#',
    "'",
    '"',
    '{',
    '[',
    '}',
    ']',
    '*',
    '-',
    ':443',
    '.',
    'İ',
    '\u212a',
  ],
];

const piece = fc.oneof(
  fc.constantFrom(...PIECES),
  fc.string({ maxLength: 8 }),
  fc.string({ unit: anyCharacter, maxLength: 4 }),
);
const many = fc.tuple(piece, fc.integer({ min: 1, max: 3_000 })).map(([one, times]) => one.repeat(times));

type Change = { readonly at: number; readonly cut: number; readonly put: string };

const changed = (text: string, changes: readonly Change[]): string =>
  changes.reduce((before, { at, cut, put }) => {
    const from = Math.floor(at * (before.length + 1));
    return before.slice(0, from) + put + before.slice(from + cut);
  }, text);

const changes = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    cut: fc.integer({ min: 0, max: 6 }),
    put: piece,
  }),
  { maxLength: 4 },
);

/** A text where an id, a name or an instant is expected. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constantFrom(...RIGHT), changes).map(([text, made]) => changed(text, made)) },
  { weight: 2, arbitrary: fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join('')) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...RIGHT), many).map(([text, more]) => `${text}${more}`) },
  { weight: 1, arbitrary: many },
);

const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  anyText,
  fc.anything({ maxDepth: 3 }),
  fc.constantFrom(null, true, 1e308, -0),
);

/** The same payload with one of its members, at any depth, replaced. */
const withMember = (value: unknown, path: readonly number[], put: unknown): unknown => {
  const [first, ...rest] = path;
  if (first === undefined || typeof value !== 'object' || value === null) return put;
  const entries = Object.entries(value);
  const [name] = entries[first % Math.max(1, entries.length)] ?? [];
  if (name === undefined) return put;
  const inner = withMember((value as Record<string, unknown>)[name], rest, put);
  return Array.isArray(value) ? value.with(Number(name), inner) : { ...value, [name]: inner };
};

/** Published examples of events and alerts, with some of their members changed; sometimes any value at all. */
export const anyPayload: fc.Arbitrary<unknown> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...payloads),
        fc.array(fc.tuple(fc.array(fc.nat(12), { maxLength: 5 }), anyValue), { maxLength: 3 }),
      )
      .map(([payload, members]) => members.reduce((before, [path, put]) => withMember(before, path, put), payload)),
  },
  { weight: 1, arbitrary: fc.anything() },
);

/** Bodies of requests: JSON, damaged JSON, and texts that never were JSON. */
export const anyBody: fc.Arbitrary<string> = fc.oneof(
  fc
    .tuple(
      fc.oneof(
        anyPayload,
        fc.dictionary(
          fc.constantFrom('key', 'resource', 'target', 'why', 'until', 'from', 'to', 'newKey', 'identity', 'expires'),
          anyValue,
        ),
      ),
      changes,
    )
    .map(([value, made]) =>
      changed(
        JSON.stringify(value, (_name, member) => (typeof member === 'bigint' ? String(member) : member)) ?? '',
        made,
      ),
    ),
  anyText,
  many,
);
