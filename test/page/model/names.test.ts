import { describe, expect, it } from 'vitest';
import { actOf } from '../../../page/model/keys.ts';
import { keyNameOf, nameOf, resourceGroupOf } from '../../../page/model/names.ts';
import { portalLink } from '../../../page/model/portal.ts';
import { relativeTo } from '../../../page/model/relative.ts';
import { hashOf, routeOf, VIEWS } from '../../../page/model/route.ts';
import { isMeant } from '../../../page/model/search.ts';
import { partsOf } from '../../../page/model/sentence.ts';
import { line, NOW } from '../builders.ts';

const KEY = 'https://kv-orders.vault.azure.net/keys/cmk';
const SERVER = '/subscriptions/s/resourceGroups/data/providers/Microsoft.DBforMySQL/servers/orders';

describe('A name', () => {
  it('is the last of an id, and of a key not its address', () => {
    expect([nameOf(SERVER), nameOf(`${SERVER}/`), resourceGroupOf(SERVER)]).toEqual(['orders', 'orders', 'data']);
    expect(keyNameOf(`${KEY}/0123`)).toEqual({ vault: 'kv-orders', key: 'cmk', version: '0123' });
    expect(keyNameOf(KEY)).toEqual({ vault: 'kv-orders', key: 'cmk' });
    expect(keyNameOf(SERVER)).toBeUndefined();
  });

  it('stands in a sentence for the address, which is not lost', () => {
    const sentence = `The key version ${KEY}/0123456789ab is disabled. Revalidate ${SERVER}.`;
    const parts = partsOf(sentence);
    expect(parts.map(({ text }) => text).join('')).toBe('The key version cmk/01234567 is disabled. Revalidate orders.');
    expect(parts.map(({ text, full }) => full ?? text).join('')).toBe(sentence);
  });

  it('is no part of a command, which a reader copies', () => {
    const command = `\`cmk-guardian accept-vault ${SERVER} ${SERVER}2 --why '<why>'\``;
    expect(partsOf(`Of ${SERVER} say ${command}.`)).toEqual([
      { text: 'Of ' },
      { text: 'orders', full: SERVER },
      { text: ' say ' },
      { text: command },
      { text: '.' },
    ]);
  });

  it('stands for no address whose name another address of the sentence has as well', () => {
    const moved = SERVER.replace('data', 'elsewhere');
    const sentence = `It is ${moved}, not ${SERVER}.`;
    expect(
      partsOf(sentence)
        .map(({ text }) => text)
        .join(''),
    ).toBe(sentence);
  });

  it('has its instants apart, which each reader has in their own zone', () => {
    expect(partsOf('It expired at 2026-03-01T00:06:00.000Z.')).toEqual([
      { text: 'It expired at ' },
      { text: '2026-03-01T00:06:00.000Z', at: '2026-03-01T00:06:00.000Z' },
      { text: '.' },
    ]);
  });

  it('takes for an instant only what is one: whoever may write a reason of an override could have the page show nothing', () => {
    const written = 'forbids repairs: 9999-99-99T99:99Z';
    expect(partsOf(written).every(({ at }) => at === undefined)).toBe(true);
    expect(
      partsOf(written)
        .map(({ text }) => text)
        .join(''),
    ).toBe(written);
  });

  it('leaves a sentence without addresses as it is', () => {
    expect(partsOf('All is well.')).toEqual([{ text: 'All is well.' }]);
  });
});

describe('A link to the portal', () => {
  it('leads to that of the cloud, and nowhere where that is not known', () => {
    expect(portalLink('usgov', SERVER)).toBe(`https://portal.azure.us/#@/resource${SERVER}`);
    expect(portalLink('toString', SERVER)).toBeUndefined();
  });
});

describe('A search', () => {
  const orders = line('orders', { owner: 'team-shop' });

  it.each(['ord', 'ORDERS data', 'kv-orders', 'team-shop', 'single orders', ''])(
    'finds by any part of a name: %p',
    (search) => {
      expect(isMeant(orders, search, 'MySQL single server')).toBe(true);
    },
  );

  it('asks for every word', () => {
    expect(isMeant(orders, 'orders billing', 'MySQL single server')).toBe(false);
  });

  it('finds who goes down if a key or a vault is lost', () => {
    expect(isMeant(orders, 'down if kv-orders', '')).toBe(true);
    expect(isMeant(orders, 'Down if  cmk', '')).toBe(true);
    expect(isMeant(orders, 'down if kv-web', '')).toBe(false);
    expect(isMeant(orders, 'down if team-shop', '')).toBe(false);
    const { consumer: _nobody, ...unused } = orders;
    expect(isMeant(unused, 'down if kv-orders', '')).toBe(false);
  });
});

describe('An address', () => {
  it.each(VIEWS)('leads to %s and back', (view) => {
    expect(routeOf(hashOf({ view }))).toEqual({ view });
    expect(routeOf(hashOf({ view, id: 'a/b c' }))).toEqual({ view, id: 'a/b c' });
  });

  it.each(['', '#', '#/', '#/elsewhere', '#/toString'])('that names no view is Now: %p', (hash) => {
    expect(routeOf(hash)).toEqual({ view: 'now' });
  });

  it('that is not encoded well is taken as it is', () => {
    expect(routeOf('#/incidents/%E0%A4')).toEqual({ view: 'incidents', id: '%E0%A4' });
  });
});

describe('A key on the keyboard', () => {
  it('goes to a view after g, and only then', () => {
    expect(actOf('h', 'g')).toEqual({ kind: 'go', view: 'horizon' });
    expect(actOf('h', undefined)).toBeUndefined();
    expect(actOf('g', undefined)).toBeUndefined();
  });

  it('moves, approves and helps', () => {
    expect([actOf('j', undefined), actOf('k', 'j')]).toEqual([
      { kind: 'move', by: 1 },
      { kind: 'move', by: -1 },
    ]);
    expect([actOf('a', undefined), actOf('?', undefined)]).toEqual([{ kind: 'approve' }, { kind: 'help' }]);
  });

  it('that means nothing does nothing', () => {
    for (const key of ['x', 'toString', 'Escape']) expect(actOf(key, 'g')).toBeUndefined();
  });
});

describe('How long ago', () => {
  it.each([
    [0, { unit: 'now', count: 0, isPast: true }],
    [-14, { unit: 'seconds', count: 14, isPast: true }],
    [-240, { unit: 'minutes', count: 4, isPast: true }],
    [7_200, { unit: 'hours', count: 2, isPast: false }],
    [-90_000, { unit: 'hours', count: 25, isPast: true }],
    [-200_000, { unit: 'days', count: 2, isPast: true }],
  ])('is said in the largest unit that fits: %p', (seconds, expected) => {
    expect(relativeTo(NOW, NOW + seconds * 1_000)).toEqual(expected);
  });
});
