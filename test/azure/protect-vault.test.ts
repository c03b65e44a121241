import { describe, expect, it } from 'vitest';
import type { VaultPlan, WorldPlan } from '../../local/cloud/worlds/build-world.ts';
import type { StepSpec } from '../../src/remediation/steps/steps.ts';
import { KEY, MARK, markVault, ORDERS, vaultId } from './orders.ts';
import { type Stage, stage } from './product.ts';

const planOf = (keeps: NonNullable<VaultPlan['keeps']>): WorldPlan => ({
  vaults: (ORDERS.vaults ?? []).map((vault) => ({ ...vault, keeps })),
});

const step = ({ cloud }: Stage, kind: 'enableSoftDelete' | 'enablePurgeProtection'): StepSpec => {
  const target = vaultId(cloud).toLowerCase();
  return { kind, target, parameters: { vaultId: target, host: KEY.host } };
};

const stateOf = ({ cloud }: Stage) => {
  const { softDelete, purgeProtection, networkAcls, access, tags } = cloud.world.keyVault.vault('kv-orders') ?? {};
  return { softDelete, purgeProtection, rest: { networkAcls, access, tags } };
};

const mutations = ({ cloud }: Stage): readonly string[] =>
  cloud.requests.list({ mutating: true }).map(({ method, url }) => `${method} ${new URL(url).pathname}`);

describe('a vault that keeps nothing', () => {
  it('keeps what is deleted after one PATCH, which changes nothing else', async () => {
    const set = await stage(planOf('nothing'));
    const { rest } = stateOf(set);
    expect(await set.call('repair', step(set, 'enableSoftDelete'))).toMatchObject({ sent: { kind: 'done' } });
    expect(await set.call('repair', step(set, 'enableSoftDelete'))).toMatchObject({ target: 'noDrift' });
    expect(stateOf(set)).toEqual({ softDelete: true, purgeProtection: false, rest });
    expect(mutations(set)).toEqual([`PATCH ${vaultId(set.cloud)}`]);
  });

  it('gets purge protection only after soft delete', async () => {
    const set = await stage(planOf('nothing'));
    expect(await set.call('repair', step(set, 'enablePurgeProtection'))).toMatchObject({
      target: 'blocked',
      why: expect.stringContaining('that comes first'),
    });
    expect(mutations(set)).toEqual([]);
    await set.call('repair', step(set, 'enableSoftDelete'));
    expect(await set.call('repair', step(set, 'enablePurgeProtection'))).toMatchObject({ sent: { kind: 'done' } });
    expect(stateOf(set)).toMatchObject({ softDelete: true, purgeProtection: true });
  });
});

describe('a vault that can be purged', () => {
  it('is protected by one PATCH, and read with its tags', async () => {
    const set = await stage(planOf('what is deleted'));
    markVault(set.cloud);
    const { rest } = stateOf(set);
    const { sent, tagged } = await set.call('repair', step(set, 'enablePurgeProtection'));
    expect({ sent, tagged }).toMatchObject({ sent: { kind: 'done' }, tagged: [{ tags: MARK }] });
    expect(await set.call('repair', step(set, 'enablePurgeProtection'))).toMatchObject({ target: 'noDrift' });
    expect(stateOf(set)).toEqual({ softDelete: true, purgeProtection: true, rest });
    expect(mutations(set)).toHaveLength(1);
  });
});
