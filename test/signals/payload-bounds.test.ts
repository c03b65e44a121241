import { describe, expect, it } from 'vitest';
import { parseKeyVaultEvent } from '../../src/signals/key-vault-event.ts';
import { excessIn } from '../../src/signals/payload-bounds.ts';
import { parseResourceEvent } from '../../src/signals/resource-event.ts';

const nested = (depth: number): unknown => (depth === 0 ? 'x' : [nested(depth - 1)]);
const list = (length: number): unknown => Array.from({ length }, () => 0);

describe('A payload', () => {
  it.each([
    ['nests 64 levels', nested(64)],
    ['holds 100,000 values', list(100_000)],
    ['is a megabyte long', 'x'.repeat(1_048_576)],
    ['is nothing', null],
  ])('may be one that %s', (_what, payload) => {
    expect(excessIn(payload)).toBeUndefined();
  });
  it.each([
    ['nests 65 levels', nested(65), /deeper/],
    ['nests ten thousand levels', JSON.parse('['.repeat(10_000) + ']'.repeat(10_000)), /deeper/],
    ['holds more', [list(100_000)], /values/],
    ['has longer texts', ['x'.repeat(1_048_576), 'x'], /longer/],
    ['has longer names', { ['x'.repeat(1_048_577)]: 0 }, /longer/],
  ])('is not read where it %s', (_what, data, why) => {
    expect(excessIn(data)).toMatch(why);
    const event = { topic: '/subscriptions/x', eventType: 'Microsoft.KeyVault.KeyExpired', data: { data } };
    for (const parse of [parseKeyVaultEvent, parseResourceEvent])
      expect(parse(event)).toEqual({
        kind: 'malformed',
        why: expect.stringMatching(/^The event is not understood: it /),
      });
  });
});

describe('Why an event is ignored', () => {
  it('is one line, however long and broken its type is', () => {
    const answer = parseResourceEvent({ eventType: `a\nevent woken: b${'c'.repeat(10_000)}` });
    expect(answer).toMatchObject({ kind: 'ignored', why: expect.stringMatching(/^a event woken: bc{1,300}$/) });
  });
});
