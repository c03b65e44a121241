import { describe, expect, it } from 'vitest';
import { countdownOf } from '../../../page/model/countdown.ts';
import { foldByCause } from '../../../page/model/fold.ts';
import { headlineOf } from '../../../page/model/headline.ts';
import { spanOf } from '../../../page/model/span.ts';
import { byUrgency, urgencyOf } from '../../../page/model/urgency.ts';
import { at, down, line, NOW, threatened } from '../builders.ts';

const names = (lines: readonly { readonly consumer?: { readonly name: string } }[]) =>
  lines.map(({ consumer }) => consumer?.name);

const asking = { nextAction: { kind: 'asks', sentence: '' }, verdict: 'ask' } as const;

describe('What is most urgent', () => {
  it('is who is down for longest, then whose deadline is nearest, then what is asked, and last what is well', () => {
    const lines = [
      line('well'),
      line('asked', asking),
      threatened('later', 500),
      down('short', -60),
      threatened('soon', 100),
      down('long', -600),
    ];
    expect(names(lines.toSorted(byUrgency))).toEqual(['long', 'short', 'soon', 'later', 'asked', 'well']);
  });

  it('is impact before what is done about it: who is down stays so while a person is asked', () => {
    expect(urgencyOf(down('orders', -1, asking))).toBe('down');
  });

  it('is not known of what could not be seen', () => {
    expect(urgencyOf(line('a', { verdict: 'unseen' }))).toBe('unseen');
    const notAssessed = { since: at(-9), at: at(-1), times: 3, why: 'out of reach' };
    expect(urgencyOf(line('a', { notAssessed }))).toBe('unseen');
  });
});

describe('Lines of one cause', () => {
  it('fold where one key has several consumers, the greatest impact first', () => {
    const shared = { id: 'key-1', key: 'https://kv.vault.azure.net/keys/cmk', vault: 'kv' };
    const groups = foldByCause([threatened('b', 60, { ...shared, fault: 'keyExpired' }), down('a', -60, shared)]);
    expect(groups.map(({ lines }) => names(lines))).toEqual([['a', 'b']]);
  });

  it('fold over all keys of a vault where the cause is of the vault', () => {
    const lost = { fault: 'vaultDeleted', vault: 'kv' };
    const groups = foldByCause([down('a', -60, lost), down('b', -50, lost), down('c', -70, { fault: 'vaultDeleted' })]);
    expect(groups.map(({ lines }) => names(lines))).toEqual([['c'], ['a', 'b']]);
  });

  it('stay apart where the keys differ', () => {
    expect(foldByCause([down('a', -60), down('b', -50)])).toHaveLength(2);
  });
});

describe('The headline', () => {
  it('counts consumers by urgency, and answers by plan', () => {
    const plan = { id: 'p'.repeat(64), steps: [] };
    const headline = headlineOf(
      foldByCause([down('a', -9, { ...asking, plan }), down('b', -8, { ...asking, plan }), line('c')]),
      NOW,
    );
    expect(headline).toMatchObject({ down: 2, answers: 1, well: 1, tone: 'bad' });
  });

  it('tells whose deadline has passed from whose is still to come', () => {
    const headline = headlineOf(foldByCause([threatened('a', -1), threatened('b', 60), threatened('c', 90)]), NOW);
    expect(headline).toMatchObject({ threatened: 3, overdue: 1, tone: 'warning' });
  });

  it('warns of a deadline or a question, and is quiet otherwise', () => {
    expect(headlineOf(foldByCause([threatened('a', 60)]), NOW).tone).toBe('warning');
    expect(headlineOf(foldByCause([line('a', asking)]), NOW).tone).toBe('warning');
    expect(headlineOf(foldByCause([line('a')]), NOW).tone).toBe('quiet');
  });
});

describe('The countdown', () => {
  it.each([
    [down('a', -134), { kind: 'down', seconds: 134 }],
    [threatened('a', 408), { kind: 'lockOut', seconds: 408 }],
    [threatened('a', -30), { kind: 'overdue', seconds: 30 }],
    [down('a', 5), { kind: 'down', seconds: 0 }],
  ])('runs by the clock of the server', (one, expected) => {
    expect(countdownOf(one, NOW)).toEqual(expected);
  });

  it('is none where nobody is affected', () => {
    expect(countdownOf(line('a'), NOW)).toBeUndefined();
  });

  it.each([
    [0, '0:00'],
    [134.9, '2:14'],
    [3_600, '1:00:00'],
    [-61, '1:01'],
    [86_399, '23:59:59'],
  ])('is shown as a clock below a day: %p', (seconds, text) => {
    expect(spanOf(seconds)).toEqual({ kind: 'clock', text });
  });

  it('is shown in days and hours above', () => {
    expect(spanOf(86_400 * 3 + 3_600 * 4 + 59)).toEqual({ kind: 'days', days: 3, hours: 4 });
  });
});
