import { describe, expect, it } from 'vitest';
import { WEBHOOK_HOST } from '../../../local/cloud/webhook/webhook.ts';
import type { WorldPlan } from '../../../local/cloud/worlds/build-world.ts';
import { type App, DAY, HOUR, MINUTE, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import { KEY, ledgerOf, loseOrders, orders, serves, single, VAULT, writes } from '../../builders/incident.ts';
import { APPROVE, approve, askedPlan, join, reject } from '../../builders/people.ts';
import { repeated } from '../../run/exhaustive.ts';

const WEBHOOK = { GUARDIAN_NOTIFICATION_WEBHOOK: `https://${WEBHOOK_HOST}/T0/B0/0123456789?code=0123456789abcdef` };

type Message = {
  readonly keyId: string;
  readonly verdict: string;
  readonly at: string;
  readonly planId?: string;
  readonly sentences: readonly string[];
};
type Received = Message & { readonly receivedAt: number };

const received = ({ cloud }: App): readonly Received[] =>
  cloud.world.webhook.received().map(({ at, body }) => ({ ...(body as Message), receivedAt: at }));

const KEYS = 4;
const manyKeys: WorldPlan = {
  vaults: [
    {
      name: VAULT,
      permissions: 'accessPolicies',
      keys: Array.from({ length: KEYS }, (_, n) => ({ name: `cmk-${n}` })),
    },
  ],
  servers: Array.from({ length: KEYS }, (_, n) => ({
    name: `on-${n}`,
    generation: 'single',
    vault: VAULT,
    key: `cmk-${n}`,
  })),
};

const allServe = (app: App): boolean => app.cloud.world.mysql.servers.all().every(({ name }) => serves(app, name));

describe('What people are told', () => {
  it('of a lost vault is told once, not once for each of its keys, though the webhook hangs meanwhile, which delays no repair', async () => {
    const app = await startApp({ world: manyKeys, wake: 'sweep', settings: WEBHOOK });
    await app.pass(NEXT_SWEEP);
    expect(received(app)).toEqual([]);
    app.cloud.world.webhook.behave('hangs');
    const vaultId = app.cloud.world.keyVault.vault(VAULT)?.id;
    app.cloud.world.keyVault.deleteVault(VAULT);
    await app.until('a server is down', () => !allServe(app), 10 * MINUTE);
    await app.until('all serve again', () => allServe(app), 20 * MINUTE);
    await app.pass(2 * NEXT_SWEEP);
    expect(received(app)).toEqual([]);
    app.cloud.world.webhook.behave('answers');
    await app.until('nothing waits any more', () => received(app).some(({ verdict }) => verdict === 'healthy'), HOUR);
    await app.pass(2 * NEXT_SWEEP);
    const told = received(app).map(({ verdict, sentences }) => ({ verdict, text: sentences.join(' ') }));
    expect(told.filter(({ text }) => text.includes(`The vault ${vaultId} was deleted`))).toHaveLength(1);
    expect(told[0]?.text).toContain('cmk-guardian status lists all');
    expect(told.map(({ verdict }) => verdict)).toEqual(['run', 'run', 'healthy']);
    expect(told.at(-1)?.text).toMatch(/is well again\. No key that was seen suffers from the same cause any more\.$/);
    expect(app.said.filter((line) => line.includes(`The vault ${vaultId} was deleted`)).length).toBeGreaterThan(
      KEYS - 1,
    );
  });

  repeated('is asked again after 1, 6 and 24 hours while nobody answers, and then no more', async () => {
    const settings = { ...APPROVE, ...WEBHOOK, GUARDIAN_SWEEP_SCHEDULE: '0 */20 * * * *' };
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep', settings });
    await app.pass(22 * MINUTE);
    await loseOrders(app);
    await app.pass(2 * DAY);
    const [first, ...again] = received(app);
    expect(first?.verdict).toBe('ask');
    const hours = again.map(({ receivedAt }) => (receivedAt - Date.parse(first?.at ?? '')) / HOUR);
    expect(hours).toEqual([1, 6, 24]);
    for (const { planId, sentences } of again) {
      expect(planId).toBe(first?.planId);
      expect(sentences[0]).toContain(
        `nobody has answered: ${KEY} waits for an answer to /api/plans/${planId?.slice(0, 8)}`,
      );
    }
  });

  repeated('is not asked again once somebody has said yes', async () => {
    const settings = { ...APPROVE, ...WEBHOOK, GUARDIAN_SWEEP_SCHEDULE: '0 */20 * * * *' };
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep', settings });
    await app.pass(22 * MINUTE);
    await loseOrders(app);
    await app.pass(HOUR);
    await approve(app, await askedPlan(app), 'approver');
    await app.until('orders serves again', () => serves(app, 'orders'), HOUR);
    const asked = () => received(app).filter(({ verdict }) => verdict === 'ask').length;
    const before = asked();
    await app.pass(2 * DAY);
    expect(asked()).toBe(before);
    expect(received(app).at(-1)?.verdict).toBe('healthy');
  });

  it('of a rejection is told to all, with why; it is asked on, and what another approver says is done', async () => {
    const settings = { ...APPROVE, ...WEBHOOK, GUARDIAN_SWEEP_SCHEDULE: '0 */20 * * * *' };
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep', settings });
    join(app, 'second', ['Approver']);
    await app.pass(22 * MINUTE);
    await loseOrders(app);
    await app.pass(HOUR / 2);
    const planId = await askedPlan(app);
    const number = planId.slice(0, 8);
    expect(received(app).at(-1)?.sentences.join(' ')).toContain(`It is asked as plan ${number}`);
    expect(await reject(app, number, 'approver', 'the owner checks it')).toMatchObject({
      status: 202,
      body: { planId },
    });
    await app.pass(2 * HOUR);
    const told = received(app).map(({ sentences }) => sentences.join(' '));
    expect(told.filter((text) => text.includes(`has rejected the plan ${number}: the owner checks it`))).not.toEqual(
      [],
    );
    expect(told.at(-1)).toMatch(/nobody has approved it.*approver@example\.com rejected it on/);
    expect(writes(app)).toEqual([]);
    expect(await approve(app, planId, 'second')).toMatchObject({ status: 202, body: { planId } });
    await app.until('orders serves again', () => serves(app, 'orders'), HOUR);
    const words = (await ledgerOf(app)).entries.filter(({ kind }) => kind === 'rejected' || kind === 'approved');
    expect(words.map(({ kind, detail }) => [kind, (detail as { name: string }).name])).toEqual([
      ['rejected', 'approver@example.com'],
      ['approved', 'second@example.com'],
    ]);
  });

  repeated('is given up after a day that no webhook has taken it, which the chain of the product tells', async () => {
    const settings = { ...WEBHOOK, GUARDIAN_MODE: 'observe', GUARDIAN_SWEEP_SCHEDULE: '0 */20 * * * *' };
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep', settings });
    app.cloud.world.webhook.behave('fails');
    await app.pass(22 * MINUTE);
    await loseOrders(app);
    await app.pass(DAY + 2 * HOUR);
    const tries = app.cloud.world.webhook.tries();
    expect(tries).toBeGreaterThan(20);
    const { entries } = await ledgerOf(app, 'product');
    expect(entries.map(({ detail }) => detail)).toContainEqual({
      what: 'a message was given up after a day',
      detail: expect.objectContaining({ key: KEY, verdict: 'report' }),
    });
    app.cloud.world.webhook.behave('answers');
    await app.pass(2 * HOUR);
    expect(received(app)).toEqual([]);
  });
});
