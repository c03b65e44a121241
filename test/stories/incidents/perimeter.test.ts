import { describe, expect, it } from 'vitest';
import { type App, MINUTE, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import {
  isDown,
  ledgerOf,
  linesOf,
  orders,
  REVALIDATION,
  serves,
  single,
  VAULT,
  writes,
} from '../../builders/incident.ts';
import { approve, askedPlan, PEOPLE, statusOf } from '../../builders/people.ts';

/** A perimeter overrides the trusted services, which pass the vault's own rules. */
const secureByPerimeter = ({ cloud }: App): void => {
  cloud.world.keyVault.updateVault(VAULT, { publicNetworkAccess: 'SecuredByPerimeter' });
};

describe('a vault that somebody has secured by a perimeter, which keeps its server out', () => {
  it('is asked about, gets the rules back that it had when all was well, and its server is revalidated', async () => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep', settings: PEOPLE });
    await app.pass(NEXT_SWEEP);
    secureByPerimeter(app);
    await app.until('orders is down', () => isDown(app, 'orders'), 15 * MINUTE);
    await app.pass(NEXT_SWEEP);
    expect((await statusOf(app)).decision.plan.steps.map(({ kind }) => kind)).toEqual([
      'restoreNetworkRules',
      'revalidateConsumer',
    ]);
    expect(writes(app)).toEqual([]);

    expect(await approve(app, await askedPlan(app), 'approver')).toMatchObject({ status: 202 });
    await app.until('orders serves again', () => serves(app, 'orders'), 30 * MINUTE);
    await app.pass(2 * NEXT_SWEEP);
    expect(writes(app)).toEqual([
      expect.stringMatching(/^PATCH .*\/vaults\/kv-orders$/i),
      expect.stringMatching(REVALIDATION),
    ]);
    expect(app.cloud.world.keyVault.vault(VAULT)?.publicNetworkAccess).toBe('Enabled');
    expect(linesOf(await ledgerOf(app)).at(-1)).toBe('closed');
  });
});
