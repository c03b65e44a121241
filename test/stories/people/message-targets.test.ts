import { describe, expect, it } from 'vitest';
import { WEBHOOK_HOST } from '../../../local/cloud/webhook/webhook.ts';
import { type App, HOUR, MINUTE, startApp } from '../../builders/app.ts';
import { KEY, loseOrders, orders, serves, single } from '../../builders/incident.ts';
import { APPROVE, approve, askedPlan } from '../../builders/people.ts';
import { readCard } from '../../notifications/adaptive-cards.ts';

const TEAMS = 'prod-12.westeurope.logic.azure.com';
const SLACK = 'hooks.slack.com';
const PAGER = 'events.pagerduty.com';

const TARGETS = [
  { name: 'team', channel: 'teams', url: `https://${TEAMS}/workflows/0123456789abcdef` },
  { name: 'chat', channel: 'slack', url: `https://${SLACK}/services/T0/B0/0123456789abcdef`, kinds: ['ask'] },
  { name: 'pager', channel: 'pagerduty', key: 'abcdef0123456789abcdef0123456789', impact: 'down' },
  { name: 'tickets', channel: 'cloudevents', url: `https://${WEBHOOK_HOST}/tickets/0123456789abcdef` },
  { name: 'others', channel: 'slack', url: `https://${SLACK}/services/T1/B1/0123456789abcdef`, owners: ['nobody'] },
];

const SETTINGS = {
  ...APPROVE,
  GUARDIAN_MESSAGE_TARGETS: JSON.stringify(TARGETS),
  GUARDIAN_SWEEP_SCHEDULE: '0 */20 * * * *',
};

/** The messages that a host has accepted, oldest first. */
const takenBy = <Body>({ cloud }: App, host: string): readonly Body[] =>
  cloud.world.webhook.received().flatMap((one) => (one.host === host ? [one.body as Body] : []));

type Event = { readonly event_action: string; readonly dedup_key: string };
type Post = { readonly text: string };
type Card = { readonly attachments: readonly { readonly content: unknown }[] };
type Ticket = { readonly type: string; readonly subject: string; readonly id: string };

describe('Messages to chats and on-call people', () => {
  it('tell of one incident in the form of each, while one chat hangs and another says 429, and lose and repeat nothing', async () => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep', settings: SETTINGS });
    const { webhook } = app.cloud.world;
    await app.pass(22 * MINUTE);
    webhook.behave('hangs', { host: SLACK });
    webhook.behave('fails', { host: TEAMS, status: 429, retryAfter: 1_800 });
    await loseOrders(app);
    await app.until('on-call people are paged', () => takenBy(app, PAGER).length > 0, HOUR);
    expect([takenBy(app, TEAMS), takenBy(app, SLACK)]).toEqual([[], []]);
    webhook.behave('answers', { host: SLACK });
    webhook.behave('answers', { host: TEAMS });
    await app.until('the chats have it', () => takenBy(app, TEAMS).length + takenBy(app, SLACK).length === 2, HOUR);
    await approve(app, await askedPlan(app), 'approver');
    await app.until('orders serves again', () => serves(app, 'orders'), HOUR);
    await app.until(
      'it is over for on-call people',
      () => takenBy<Event>(app, PAGER).some(({ event_action }) => event_action === 'resolve'),
      HOUR,
    );
    await app.pass(HOUR);
    const events = takenBy<Event>(app, PAGER);
    expect(events.map(({ event_action }) => event_action)).toEqual(['trigger', 'acknowledge', 'resolve']);
    expect(new Set(events.map(({ dedup_key }) => dedup_key)).size).toBe(1);
    const posts = takenBy<Post>(app, SLACK).map(({ text }) => text);
    expect(posts).toHaveLength(2);
    expect(posts[0]).toMatch(/^orders is down: your answer is needed/);
    expect(posts[1]).toMatch(/is well again/);
    const cards = takenBy<Card>(app, TEAMS).map(({ attachments }) => attachments[0]?.content);
    expect(cards).toHaveLength(3);
    for (const card of cards) expect(readCard(card).faults).toEqual([]);
    expect(JSON.stringify(cards[0])).toMatch(/az mysql server key create .*--kid/);
    expect(JSON.stringify(cards[0])).toContain(`key ${KEY}`);
    const tickets = takenBy<Ticket>(app, WEBHOOK_HOST);
    expect(tickets.map(({ type }) => type.split('.').at(-1))).toEqual(['Asked', 'Repairing', 'WellAgain']);
    expect(new Set(tickets.map(({ subject }) => subject)).size).toBe(1);
    expect(new Set(tickets.map(({ id }) => id)).size).toBe(3);
  });
});
