import { describe, expect, it } from 'vitest';
import { recordManualAct } from '../../../local/cloud/activity-log/record-manual-act.ts';
import { type App, HOUR, MINUTE, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import { as, auditVaults, CUSTOMER_ID } from '../../builders/audit-logs.ts';
import {
  keyVersion,
  ledgerOf,
  orders,
  productRequests,
  serves,
  single,
  VAULT,
  writes,
} from '../../builders/incident.ts';
import { statusOf } from '../../builders/people.ts';

const BYPASS = /^PATCH .*\/vaults\/kv-orders$/;

/** A policy shuts trusted services out, as "Configure key vaults to enable firewall" does. */
const shutOut = ({ cloud }: App): void => {
  const { keyVault } = cloud.world;
  keyVault.updateVault(VAULT, {
    networkAcls: { defaultAction: 'Deny', bypass: 'None', ipRules: [], virtualNetworkRules: [] },
  });
  const target = keyVault.vault(VAULT)?.id ?? '';
  recordManualAct(cloud.world, { target, operationName: 'Microsoft.KeyVault/vaults/write', existed: true });
};

const bypasses = (app: App): number => writes(app).filter((write) => BYPASS.test(write)).length;

/** How often the product has asked the workspace. */
const logQueries = (app: App): number =>
  productRequests(app).filter(({ url }) => url.startsWith('https://api.loganalytics.io/')).length;

const recoveries = (app: App): number => writes(app).filter((write) => /\/recover$/.test(write)).length;

/** The decisions and questions, with all texts for people; oldest first. */
const decisions = async (app: App): Promise<readonly string[]> =>
  (await ledgerOf(app)).entries.filter(({ kind }) => kind === 'decided').map(({ detail }) => JSON.stringify(detail));

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
    const told = await decisions(app);
    expect(told.filter((text) => text.includes('was done once within a day'))).not.toEqual([]);
    expect(told.filter((text) => text.includes('was done 2 times within a day'))).not.toEqual([]);
    const [second = ''] = told.filter((text) => text.includes('was done once within a day'));
    expect(second).toContain('owner@contoso.com (Microsoft.KeyVault/vaults/write at');
    shutOut(app);
    await app.pass(2 * HOUR);
    expect(bypasses(app)).toBe(3);
    const { verdict, decision } = await statusOf(app);
    expect(verdict).toBe('report');
    const why = JSON.stringify(decision);
    expect(why).toContain('and something keeps undoing it.');
    expect(why).toContain('owner@contoso.com (Microsoft.KeyVault/vaults/write at');
  });

  it('is named the second time also where no activity log has it: a key that is deleted again and again', async () => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep' });
    await app.pass(NEXT_SWEEP);
    for (const time of [1, 2]) {
      app.cloud.world.keyVault.deleteKey(VAULT, 'cmk');
      await app.until(`the key is back for time ${time}`, () => recoveries(app) === time, HOUR);
      await app.until('orders serves', () => serves(app, 'orders'), HOUR);
      await app.pass(30 * MINUTE);
    }
    const told = await decisions(app);
    expect(told.filter((text) => text.includes('needed again')).length).toBeGreaterThan(0);
    expect(told.at(0)).not.toContain('needed again');
    const [second = ''] = told.filter((text) => text.includes('needed again'));
    expect(second).toContain('was done once within a day, at 2026-03-02T00:1');
    expect(second).toContain('unknown: no audit source');
  });

  it('is named with count, times and who where a workspace has the audit log: a key that somebody disables again and again', async () => {
    const settings = { GUARDIAN_AUTO_REVERSE: 'all', GUARDIAN_AUDIT_WORKSPACE: CUSTOMER_ID };
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep', settings });
    auditVaults(app.cloud);
    await app.pass(NEXT_SWEEP);
    expect(logQueries(app)).toBe(0);
    for (const time of [1, 2, 3]) {
      const { version } = keyVersion(app);
      as(app.cloud, 'eve', () => app.cloud.world.keyVault.setAttributes(VAULT, 'cmk', version, { enabled: false }));
      await app.until(`the key is enabled for time ${time}`, () => keyVersion(app).enabled, HOUR);
      await app.until('orders serves', () => serves(app, 'orders'), HOUR);
      if (time === 1) expect(logQueries(app)).toBe(0);
      await app.pass(30 * MINUTE);
    }
    const told = await decisions(app);
    const [second = ''] = told.filter((text) => text.includes('was done once within a day'));
    const [third = ''] = told.filter((text) => text.includes('was done 2 times within a day'));
    for (const one of [second, third]) expect(one).toContain('eve@contoso.com (KeyUpdate at 2026-03-02T00:');
    expect(third).toMatch(
      /"Enable the key version [^"]*" was done 2 times within a day, at 2026-03-02T00:\S+, 2026-03-02T00:\S+,/,
    );
    expect(logQueries(app)).toBeGreaterThan(0);
  });

  it('is repaired as ever where the workspace does not let the product read it, and who is unknown for that reason', async () => {
    const settings = { GUARDIAN_AUTO_REVERSE: 'all', GUARDIAN_AUDIT_WORKSPACE: CUSTOMER_ID };
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep', settings });
    await app.pass(NEXT_SWEEP);
    for (const time of [1, 2]) {
      app.cloud.world.keyVault.deleteKey(VAULT, 'cmk');
      await app.until(`the key is back for time ${time}`, () => recoveries(app) === time, HOUR);
      await app.until('orders serves', () => serves(app, 'orders'), HOUR);
      await app.pass(30 * MINUTE);
    }
    const [second = ''] = (await decisions(app)).filter((text) => text.includes('was done once within a day'));
    expect(second).toContain('Who did that is unknown: the audit log in the workspace');
  });
});
