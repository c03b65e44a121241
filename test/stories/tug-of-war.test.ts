import { describe, expect, it } from '@jest/globals';
import { recordByHand } from '../../local/cloud/activity-log/record-by-hand.ts';
import { type App, HOUR, MINUTE, NEXT_SWEEP, startApp } from '../builders/app.ts';
import { orders, serves, single, VAULT, writes } from '../builders/incident.ts';
import { statusOf } from '../builders/people.ts';

const BYPASS = /^PATCH .*\/vaults\/kv-orders$/;

/** A policy shuts trusted services out, as "Configure key vaults to enable firewall" does. */
const shutOut = ({ cloud }: App): void => {
  const { keyVault } = cloud.world;
  keyVault.updateVault(VAULT, {
    networkAcls: { defaultAction: 'Deny', bypass: 'None', ipRules: [], virtualNetworkRules: [] },
  });
  const target = keyVault.vault(VAULT)?.id ?? '';
  recordByHand(cloud.world, { target, operationName: 'Microsoft.KeyVault/vaults/write', existed: true });
};

const bypasses = (app: App): number => writes(app).filter((write) => BYPASS.test(write)).length;

describe('A repair that something keeps undoing', () => {
  it('is made three times a day and then reported, with who undoes it', async () => {
    const settings = { GUARDIAN_AUTO_REVERSE: 'all' };
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep', settings });
    await app.pass(NEXT_SWEEP);
    for (const time of [1, 2, 3]) {
      shutOut(app);
      await app.until(`the bypass is set for time ${time}`, () => bypasses(app) === time, HOUR);
      await app.until('orders serves', () => serves(app, 'orders'), HOUR);
      await app.pass(30 * MINUTE);
    }
    shutOut(app);
    await app.pass(2 * HOUR);
    expect(bypasses(app)).toBe(3);
    const { verdict, decision } = await statusOf(app);
    expect(verdict).toBe('report');
    const why = JSON.stringify(decision);
    expect(why).toContain('It was done 3 times within a day, and something keeps undoing it.');
    expect(why).toContain('owner@contoso.com (Microsoft.KeyVault/vaults/write at');
  });
});
