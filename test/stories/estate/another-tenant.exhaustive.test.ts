import { describe, expect, it } from 'vitest';
import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { type App, HOUR, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import { expireKey, isDown, ledgerOf, orders, productRequests, serves, single } from '../../builders/incident.ts';
import { addShop, LANDING_SCOPE, letReadBelow, letRepair, subscriptionOf } from '../../builders/landing-zones.ts';

const SHOP = `/subscriptions/${subscriptionOf('shop')}`;
const THEIRS = '00000000-0000-4000-8000-000000000077';

/** Another tenant lets the product read in its subscription, as it can for whoever manages it; its vaults take its own tokens. */
const ofAnotherTenant = ({ cloud: { faults, world } }: App): void => {
  faults.add({ route: 'GET *', kind: 'spoilt', rate: 1, of: SHOP, put: { tenantId: THEIRS } });
  const vault = world.keyVault.vault('kv-shop');
  if (!vault) throw new Error('There is no vault kv-shop');
  vault.tenantId = THEIRS;
};

const verdictsOf = async (app: App): Promise<Readonly<Record<string, string>>> => {
  const { body } = await app.door({ method: 'GET', path: '/api/reconciliations?verdict=all' }, 200);
  const { value } = body as { value: readonly { readonly vault: string; readonly verdict: string }[] };
  return Object.fromEntries(value.map(({ vault, verdict }) => [vault, verdict]));
};

type Seen = { readonly findings: readonly { readonly kind: string }[] };

const findingsOf = async (app: App): Promise<readonly string[]> => {
  const { entries } = await ledgerOf(app, 'https://kv-shop.vault.azure.net/keys/cmk');
  const seen = entries.findLast(({ kind }) => kind === 'seen')?.detail as Seen;
  return seen.findings.map(({ kind }) => kind);
};

const told = async (app: App): Promise<readonly unknown[]> =>
  (await ledgerOf(app, 'product')).entries
    .map(({ detail }) => detail as { readonly what?: string; readonly detail: readonly { readonly id: string }[] })
    .filter(({ what }) => what === 'subscription of another tenant')
    .map(({ detail }) => detail.map(({ id }) => id));

describe('a subscription of another tenant below a management group', () => {
  it('is told once, its key is reported with the tenants of both, nothing is written there, and a key of this tenant is repaired', async () => {
    const app = await startApp({
      world: orders([single('orders')]),
      wake: 'sweep',
      settings: { GUARDIAN_SCOPE: `/subscriptions/${subscriptionId},${LANDING_SCOPE}` },
    });
    letReadBelow(app);
    letRepair(app, addShop(app, 'shop'));
    ofAnotherTenant(app);
    await app.pass(3 * NEXT_SWEEP);
    expect(await told(app)).toEqual([[SHOP]]);
    expect(app.said.filter((line) => line.includes(`tenant ${THEIRS}`) && line.includes('Install'))).not.toEqual([]);
    expect(await verdictsOf(app)).toEqual({ 'kv-orders': 'healthy', 'kv-shop': 'report' });
    expect(await findingsOf(app)).toContain('tenantMismatch');

    expireKey(app);
    await app.until('orders is down', () => isDown(app, 'orders'), HOUR);
    await app.until('orders serves again', () => serves(app, 'orders'), HOUR);
    const written = productRequests(app).filter(({ mutating }) => mutating);
    expect(written.length).toBeGreaterThan(0);
    expect(written.filter(({ url }) => url.includes('shop'))).toEqual([]);
    expect(await told(app)).toEqual([[SHOP]]);
  });
});
