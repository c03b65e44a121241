import { describe, expect, it } from 'vitest';
import type { WeekFacts } from '../../../src/loop/schedule/week-facts.ts';
import { weekSentences, weekTitle, wouldHaveSentences } from '../../../src/loop/schedule/week-sentences.ts';
import { slackBody } from '../../../src/notifications/channels/slack.ts';
import { messageOf } from '../../../src/notifications/message-of.ts';

const KID = 'https://kv-orders.vault.azure.net/keys/cmk/0123456789abcdef0123456789abcdef';

const week: WeekFacts = {
  from: new Date('2026-03-02T08:00:00Z'),
  to: new Date('2026-03-09T08:00:00Z'),
  mode: 'approve',
  incidents: {
    opened: 3,
    open: 1,
    openBefore: 0,
    measured: 3,
    causes: [
      {
        cause: 'keyDeleted',
        incidents: 2,
        toDetect: { count: 2, p50: 40, p95: 60 },
        toHeal: { count: 2, p50: 100, p95: 2_460 },
      },
      { cause: 'accessMissing', incidents: 1, toHeal: { count: 1, p50: 7_300, p95: 7_300 } },
    ],
  },
  expiry: {
    within: [
      { days: 30, count: 1 },
      { days: 60, count: 1 },
      { days: 90, count: 4 },
    ],
    next: [{ kid: KID, expiresOn: '2026-03-20T00:00:00.000Z' }],
  },
  wouldHave: { run: 2, asked: 1, isAll: true },
  coverage: { gaps: 2, unreadable: 1, at: '2026-03-09T07:07:00.000Z' },
  estate: {
    consumers: 12,
    consumersByKind: { mysqlFlexibleServer: 11, diskEncryptionSet: 1 },
    keys: 9,
    vaults: 1,
    subscriptions: 1,
    verdicts: { healthy: 6, repairing: 0, asked: 1, reported: 1, unseen: 1, notYetAssessed: 0 },
  },
};

describe('The sentences of a week', () => {
  it('tell incidents with their times, what waits, what expires, what it cannot see, and how many it guards', () => {
    expect(weekTitle(week)).toBe('The week from 2026-03-02 to 2026-03-09: 3 incidents, 1 not over');
    expect(weekSentences(week)).toEqual([
      '3 incidents were opened, 1 not over.',
      'key deleted: 2, seen after 40 s, at p95 60 s, healed after 100 s, at p95 41 min.',
      'access missing: 1, healed after 2 h.',
      '1 key waits for a yes or a no of an approver.',
      'Of 1 key a person must see to something that the product does not do.',
      '1 key cannot be seen now, or was not looked at yet.',
      '2 gaps in what it can see and repair, by the report of 2026-03-09T07:07:00.000Z: cmk-guardian coverage --gaps names each with its command.',
      'That report could not read 1 thing.',
      'Key versions in use that expire: 1 within 30 days, 1 within 60 days, 4 within 90 days. Next: kv-orders/cmk on 2026-03-20.',
      'Guarded: 12 consumers (11 flexible servers, 1 disk encryption set) by 9 keys in 1 vault.',
    ]);
  });

  it('name the three most frequent causes: whoever breaks one consumer in many ways hides nothing behind them', () => {
    const kinds = [
      'keyDeleted',
      'keyDisabled',
      'keyExpired',
      'keyNotYetValid',
      'accessMissing',
      'vaultDeleted',
      'keyPurged',
    ];
    const causes = kinds.map((cause, at) => ({ cause, incidents: 90 - at }));
    const many = { ...week, incidents: { opened: 700, open: 0, openBefore: 0, measured: 500, causes } };
    const what = weekSentences(many);
    expect(what.slice(0, 5)).toEqual([
      '700 incidents were opened, all are over. What is said of causes is of the newest 500.',
      'key deleted: 90.',
      'key disabled: 89.',
      'key expired: 88.',
      '4 other causes: 342. cmk-guardian history tells each.',
    ]);
    const notice = { keyId: 'product', verdict: 'summary' as const, at: '2026-03-09T08:00:00Z', sentences: what };
    const posted = JSON.stringify(slackBody(messageOf(notice, {})).blocks);
    for (const told of [
      'waits for a yes',
      'a person must see',
      'cannot be seen now',
      '2 gaps in what',
      'could not read',
    ])
      expect(posted).toContain(told);
  });

  it('tell of a mode that does less what auto would have done, and nothing of that in auto', () => {
    expect(wouldHaveSentences(week)).toEqual([
      'The mode is approve. In mode auto it would have done 2 steps by itself, and asked for 1: cmk-guardian would-have tells each.',
    ]);
    expect(wouldHaveSentences({ ...week, wouldHave: { run: 500, asked: 3, isAll: false } })[0]).toMatch(
      /at least 500 steps by itself, and asked for at least 3/,
    );
    expect(wouldHaveSentences({ ...week, mode: 'auto', wouldHave: undefined })).toEqual([]);
  });
});
