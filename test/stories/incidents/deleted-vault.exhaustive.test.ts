import { describe, expect, it } from 'vitest';
import { type App, HOUR, MINUTE } from '../../builders/app.ts';
import { ledgerOf, linesOf, orders, productRequests, serves, single, VAULT, writes } from '../../builders/incident.ts';
import { WAYS } from '../../builders/ways.ts';
import { probingBy } from '../estate/probe-story.ts';

const PUT_OF_VAULT = /^PUT .*\/vaults\/kv-orders$/i;

/** `METHOD path` of the product's requests to the control plane of Key Vault in this time, except lists of keys. */
const askedIn = async (app: App, ms: number): Promise<readonly string[]> => {
  const before = productRequests(app).length;
  await app.pass(ms);
  return productRequests(app)
    .slice(before)
    .map(({ method, url }) => `${method} ${new URL(url).pathname}`)
    .filter((line) => line.includes('/Microsoft.KeyVault/') && !line.endsWith(`/${VAULT}/keys`));
};

describe('a deleted vault', () => {
  it.each(WAYS)(
    'is found by the probe alone, which asks for none while all is well, and recovered once (%s)',
    async (way) => {
      const app = await probingBy(way, { world: orders([single('orders')]) });
      expect(await askedIn(app, 2 * MINUTE)).toEqual([]);
      app.cloud.world.keyVault.deleteVault(VAULT);
      await app.until('the vault is back', () => app.cloud.world.keyVault.vault(VAULT) !== undefined, 3 * MINUTE);
      await app.pass(HOUR);
      expect(serves(app, 'orders')).toBe(true);
      expect(writes(app).filter((line) => PUT_OF_VAULT.test(line))).toHaveLength(1);
      expect(linesOf(await ledgerOf(app)).at(-1)).toBe('closed');
    },
  );

  it.each(WAYS)('is found by a process that never saw it, and recovered (%s)', async (way) => {
    const app = await probingBy(way, { world: orders([single('orders')]) });
    app.cloud.world.keyVault.deleteVault(VAULT);
    await app.restartHost();
    await app.pass(HOUR);
    expect(serves(app, 'orders')).toBe(true);
    expect(writes(app).filter((line) => PUT_OF_VAULT.test(line))).toHaveLength(1);
  });
});
