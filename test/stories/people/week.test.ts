import { describe, expect, it } from 'vitest';
import { WEBHOOK_HOST } from '../../../local/cloud/webhook/webhook.ts';
import { HOUR, MINUTE, startApp } from '../../builders/app.ts';
import { flexible, loseOrders, orders, single } from '../../builders/incident.ts';
import { readCard } from '../../notifications/adaptive-cards.ts';

const TEAMS = 'prod-12.westeurope.logic.azure.com';

const TARGETS = [
  { name: 'team', channel: 'teams', url: `https://${TEAMS}/workflows/0123456789abcdef`, kinds: ['summary'] },
  { name: 'tickets', channel: 'cloudevents', url: `https://${WEBHOOK_HOST}/tickets/0123456789abcdef` },
];

type Ticket = {
  readonly type: string;
  readonly data: { readonly title: string; readonly what: string[]; readonly does: string[] };
};

/** A week takes six hours here, so that the story is told soon. */
const SETTINGS = {
  GUARDIAN_MODE: 'observe',
  GUARDIAN_MESSAGE_TARGETS: JSON.stringify(TARGETS),
  GUARDIAN_SWEEP_SCHEDULE: '0 */20 * * * *',
  GUARDIAN_SUMMARY_SCHEDULE: '0 0 */6 * * *',
};

describe('A week in mode observe', () => {
  it('ends with one message: what was, what it would have done, what expires, what it cannot see, how many it guards', async () => {
    const app = await startApp({
      world: orders([single('orders'), flexible('web')]),
      wake: 'sweep',
      settings: SETTINGS,
    });
    const taken = <Body>(at: string): readonly Body[] =>
      app.cloud.world.webhook.received().flatMap(({ host, body }) => (host === at ? [body as Body] : []));
    const summaries = () => taken<Ticket>(WEBHOOK_HOST).filter(({ type }) => type === 'CmkGuardian.Message.Summary');
    await loseOrders(app);
    await app.until('a summary is told', () => summaries().length > 0, 7 * HOUR);
    await app.pass(5 * HOUR);
    expect(summaries()).toHaveLength(1);
    const { title, what, does } = summaries()[0]?.data ?? { title: '', what: [], does: [] };
    expect(title).toMatch(/^The week from 2026-.* to 2026-.*: 1 incident, 1 not over$/);
    expect(what[0]).toBe('1 incident was opened, 1 not over.');
    expect(what[1]).toMatch(/^key expired: 1, seen after /);
    expect(what).toContain('Of 1 key a person must see to something that the product does not do.');
    expect(what.at(-1)).toBe('Guarded: 2 consumers (1 flexible server, 1 single server) by 1 key in 1 vault.');
    expect(does).toEqual([
      expect.stringMatching(
        /^The mode is observe\. In mode auto it would have done [1-9]\d* steps by itself, and asked for /,
      ),
    ]);
    const cards = taken<{ attachments: { content: unknown }[] }>(TEAMS).map(
      ({ attachments }) => attachments[0]?.content,
    );
    expect(cards).toHaveLength(1);
    expect(readCard(cards[0]).faults).toEqual([]);
    expect(JSON.stringify(cards[0])).toMatch(/This week.*Would have/s);
    await app.pass(HOUR + 30 * MINUTE);
    expect(summaries()).toHaveLength(2);
  });
});
