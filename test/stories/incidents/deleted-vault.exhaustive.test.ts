import { describe, expect, it } from 'vitest';
import { type App, HOUR, MINUTE, startApp } from '../../builders/app.ts';
import { ledgerOf, linesOf, orders, productRequests, serves, single, VAULT, writes } from '../../builders/incident.ts';

const PUT_OF_VAULT = /^PUT .*\/vaults\/kv-orders$/i;

/** `METHOD path` of what the product asks of the control plane of Key Vault in this time. */
const askedIn = async (app: App, ms: number): Promise<readonly string[]> => {
  const before = productRequests(app).length;
  await app.pass(ms);
  return productRequests(app)
    .slice(before)
    .map(({ method, url }) => `${method} ${new URL(url).pathname}`)
    .filter((line) => line.includes('/Microsoft.KeyVault/'));
};

describe('a deleted vault', () => {
  it('is found by the probe alone, which asks for none while all is well, and recovered once', async () => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'probe' });
    await app.pass(3 * MINUTE);
    expect(await askedIn(app, 5 * MINUTE)).toEqual([]);
    app.cloud.world.keyVault.deleteVault(VAULT);
    await app.until('the vault is back', () => app.cloud.world.keyVault.vault(VAULT) !== undefined, 3 * MINUTE);
    await app.pass(HOUR);
    expect(serves(app, 'orders')).toBe(true);
    expect(writes(app).filter((line) => PUT_OF_VAULT.test(line))).toHaveLength(1);
    expect(linesOf(await ledgerOf(app)).at(-1)).toBe('closed');
  });

  it('is found by a process that never saw it, and recovered', async () => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'probe' });
    await app.pass(3 * MINUTE);
    app.cloud.world.keyVault.deleteVault(VAULT);
    await app.restartHost();
    await app.pass(HOUR);
    expect(serves(app, 'orders')).toBe(true);
    expect(writes(app).filter((line) => PUT_OF_VAULT.test(line))).toHaveLength(1);
  });
});
