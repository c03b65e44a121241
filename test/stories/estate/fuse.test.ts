import { describe, expect, it } from 'vitest';
import type { WorldPlan } from '../../../local/cloud/worlds/build-world.ts';
import { type App, DAY, HOUR, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import { serves, writes } from '../../builders/incident.ts';
import { repeated } from '../../run/exhaustive.ts';

const vaultsOf = (keys: number): WorldPlan => ({
  vaults: Array.from({ length: keys }, (_, n) => ({
    name: `kv-${n}`,
    permissions: 'accessPolicies' as const,
    keys: [{ name: 'cmk', expiresInDays: 90 }],
  })),
  servers: Array.from({ length: keys }, (_, n) => ({
    name: `server-${n}`,
    generation: 'single' as const,
    vault: `kv-${n}`,
    key: 'cmk',
  })),
});

const expire = (app: App, vaults: readonly number[]): void => {
  const exp = Math.floor((app.clock.now() - DAY) / 1_000);
  for (const n of vaults) app.cloud.world.keyVault.letExpire(`kv-${n}`, 'cmk', undefined, exp);
};

const disable = (app: App, vaults: readonly number[]): void => {
  for (const n of vaults) app.cloud.world.keyVault.setAttributes(`kv-${n}`, 'cmk', undefined, { enabled: false });
};

const verdicts = async (app: App): Promise<readonly string[]> => {
  const { body } = await app.door({ method: 'GET', path: '/api/reconciliations?verdict=all' }, 200);
  return (body as { value: { key: string; verdict: string }[] }).value
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ verdict }) => verdict);
};

describe('the fuse', () => {
  it('asks before every repair that undoes something when as many keys are lost at once as point to one systemic cause, and stops no extension', async () => {
    const settings = { GUARDIAN_FUSE_ROOT_CAUSES: '3', GUARDIAN_AUTO_REVERSE: 'all' };
    const app = await startApp({ world: vaultsOf(3), wake: 'sweep', settings });
    await app.pass(NEXT_SWEEP);
    expire(app, [0, 1, 2]);
    await app.pass(2 * NEXT_SWEEP);
    // The keys were extended by a week: the next step follows a day later.
    expect(await verdicts(app)).toEqual(['report', 'report', 'report']);
    expect([0, 1, 2].map((n) => serves(app, `server-${n}`))).toEqual([true, true, true]);
    const before = writes(app).length;
    await app.pass(HOUR / 2);
    disable(app, [0, 1, 2]);
    await app.pass(2 * NEXT_SWEEP);
    expect(await verdicts(app)).toEqual(['ask', 'ask', 'ask']);
    expect(writes(app)).toHaveLength(before);
  });

  repeated('holds while they are less than the share of the keys that is set', async () => {
    const settings = { GUARDIAN_FUSE_ROOT_CAUSES: '2', GUARDIAN_FUSE_SHARE: '50', GUARDIAN_AUTO_REVERSE: 'all' };
    const app = await startApp({ world: vaultsOf(8), wake: 'sweep', settings });
    await app.pass(NEXT_SWEEP);
    disable(app, [0, 1, 2]);
    await app.pass(2 * NEXT_SWEEP);
    expect(await verdicts(app)).toEqual(Array.from({ length: 8 }, () => 'healthy'));
    disable(app, [3]);
    await app.pass(2 * NEXT_SWEEP);
    expect((await verdicts(app)).filter((verdict) => verdict === 'ask')).toHaveLength(1);
  });

  repeated('forgets a fault that lasts: what breaks alone a day later is healed', async () => {
    const settings = {
      GUARDIAN_FUSE_ROOT_CAUSES: '3',
      GUARDIAN_SWEEP_SCHEDULE: '0 0 * * * *',
      GUARDIAN_AUTO_REVERSE: 'all',
    };
    const app = await startApp({ world: vaultsOf(4), wake: 'sweep', settings });
    await app.pass(HOUR + NEXT_SWEEP);
    disable(app, [0, 1, 2]);
    await app.pass(DAY);
    disable(app, [3]);
    await app.pass(2 * HOUR);
    expect(await verdicts(app)).toEqual(['ask', 'ask', 'ask', 'healthy']);
  });
});
