import { describe, expect, it } from 'vitest';
import { labelOf } from '../../../page/model/acts.ts';
import { incidentText, momentText, saidWith } from '../../../page/model/incident-text.ts';
import { sayIn } from '../../../page/words/say.ts';
import { at } from '../builders.ts';

const say = sayIn('en');
const KEY = 'https://kv-orders.vault.azure.net/keys/cmk';

describe('The label of an act', () => {
  const steps = [
    { kind: 'extendKeyExpiry', target: KEY },
    { kind: 'revalidateConsumer', target: '/subscriptions/s/resourceGroups/data/providers/x/servers/orders' },
  ];

  it('begins as a sentence does, but leaves a name as it is written', () => {
    expect(labelOf(say, steps)).toBe('Extend the expiry of cmk and revalidate orders');
    expect(labelOf(sayIn('ko'), steps)).toBe('cmk 만료일 연장, orders 재검증');
  });
});

describe('A moment of an incident', () => {
  it('is said by what it does to what, and by its outcome where that is not the expected one', () => {
    const begun = { what: 'begun', at: at(0), seconds: 0, step: 'enableKey', target: KEY };
    expect(momentText(say, begun)).toBe('Begun · enable the key cmk');
    expect(momentText(say, { ...begun, what: 'ended', outcome: 'done' })).toBe('Ended · enable the key cmk');
    expect(momentText(say, { ...begun, what: 'ended', outcome: 'failed' })).toBe('Ended · enable the key cmk · failed');
  });

  it('says a decision in words, which are true after an approval as well, and a sentence of the API as it is', () => {
    const decided = { what: 'decided', at: at(0), seconds: 0, says: 'run' };
    expect(saidWith(say, decided)).toBe('What is allowed is carried out.');
    expect(saidWith(say, { ...decided, what: 'asked', says: 'ask' })).toBe('It asks first.');
    expect(saidWith(say, { ...decided, what: 'detected', says: 'It expired.' })).toBe('It expired.');
  });

  it('is a line of the text for a ticket, with its time in UTC', () => {
    const timeline = [
      { what: 'lost', at: at(0), seconds: 0 },
      { what: 'detected', at: at(61), seconds: 61, says: 'It expired.' },
    ];
    expect(incidentText(say, { id: '20260701T120000Z-1a2b3c4d', key: KEY, timeline }).split('\n')).toEqual([
      `20260701T120000Z-1a2b3c4d  ${KEY}`,
      '2026-07-01T12:00:00.000Z  +0:00  Lost',
      '2026-07-01T12:01:01.000Z  +1:01  Detected: It expired.',
    ]);
  });
});
