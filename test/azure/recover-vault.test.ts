import { describe, expect, it } from 'vitest';
import { productId } from '../../local/cloud/worlds/product.ts';
import type { StepSpec } from '../../src/remediation/steps/steps.ts';
import { closeFirewall, KEY, MARK, markVault, ORDERS, shutProductOut, vaultId } from './orders.ts';
import { HOUR, type Stage, type StageOptions, stage } from './product.ts';

/** The ARM id that the vault has or had. */
const idOf = ({ cloud }: Stage): string => cloud.world.keyVault.deletedVault('kv-orders')?.id ?? vaultId(cloud);

const recovery = (set: Stage, was: 'rbac' | 'accessPolicies' | 'unknown' = 'accessPolicies'): StepSpec => {
  const vaultId = idOf(set).toLowerCase();
  const { tenantId } = set.cloud.world.entra;
  return {
    kind: 'recoverVault',
    target: vaultId,
    parameters: { vaultId, host: KEY.host, ...(was !== 'unknown' && { was: { tenantId, permissionModel: was } }) },
  };
};

const mutations = ({ cloud }: Stage): readonly string[] =>
  cloud.requests.list({ mutating: true }).map(({ method, url }) => `${method} ${new URL(url).pathname}`);

/** A vault that was deleted an hour ago. */
const deleted = async (options: StageOptions = {}): Promise<Stage> => {
  const set = await stage(ORDERS, options);
  set.cloud.world.keyVault.deleteVault('kv-orders');
  await set.advance(HOUR);
  return set;
};

/** Polls as the orchestration does, and returns every answer. */
const follow = async (set: Stage, step: StepSpec) => {
  const { advance, call, cloud } = set;
  const { sent } = await call('repair', step);
  if (sent?.kind !== 'started') throw new Error(`nothing was started: ${JSON.stringify(sent)}`);
  const answers = [];
  for (let at = sent.pollAt; ; ) {
    await advance(Date.parse(at) - cloud.world.clock.now());
    const polled = await call('pollOperation', sent.operation);
    answers.push(polled);
    if (polled.kind !== 'waiting') return answers;
    at = polled.until;
  }
};

describe('a deleted vault', () => {
  it('is recovered by one PUT, and back when its host answers', async () => {
    const set = await deleted();
    set.requests();
    const answers = await follow(set, recovery(set));
    const [get, list, put, ...polls] = set.requests();
    expect([get, list, put]).toEqual([
      `GET management.azure.com${idOf(set).toLowerCase()} 404`,
      expect.stringMatching(
        /^GET management\.azure\.com\/subscriptions\/[^/]+\/providers\/Microsoft\.KeyVault\/deletedVaults 200$/,
      ),
      `PUT management.azure.com${idOf(set)} 200`,
    ]);
    expect(answers[0]).toMatchObject({ kind: 'waiting', why: expect.stringContaining('RegisteringDns') });
    expect(answers.at(-1)).toMatchObject({ kind: 'done', correlationIds: [expect.any(String)] });
    expect(polls.at(-1)).toBe(`GET ${KEY.host}/keys 200`);
    expect(mutations(set)).toEqual([`PUT ${idOf(set)}`]);
    expect(set.cloud.world.keyVault.key('kv-orders', 'cmk')?.versions).toHaveLength(2);
  });

  it.each(['rbac', 'accessPolicies', 'unknown'] as const)(
    'comes back as it was, whatever else is said: a model of %s',
    async (was) => {
      const set = await deleted();
      const { tags, networkAcls, access } = set.cloud.world.keyVault.deletedVault('kv-orders') ?? {};
      await follow(set, recovery(set, was));
      const vault = set.cloud.world.keyVault.vault('kv-orders');
      expect(vault).toMatchObject({ tags, tenantId: set.cloud.world.entra.tenantId });
      expect(vault?.networkAcls).toEqual(networkAcls);
      const { policies, rbac } = access?.at(-1) ?? {};
      expect(vault?.access.at(-1)).toMatchObject({ policies, rbac });
    },
  );

  it('is back also where the firewall, or a missing permission, shuts the product out', async () => {
    for (const shut of [closeFirewall, shutProductOut]) {
      const set = await stage(ORDERS);
      shut(set.cloud);
      set.cloud.world.keyVault.deleteVault('kv-orders');
      expect((await follow(set, recovery(set))).at(-1)).toMatchObject({ kind: 'done' });
    }
  });

  it('is read with the tags that it had', async () => {
    const set = await stage(ORDERS);
    markVault(set.cloud);
    set.cloud.world.keyVault.deleteVault('kv-orders');
    const { tagged = [] } = await set.call('repair', recovery(set));
    expect(tagged.map(({ tags }) => tags)).toEqual([MARK]);
  });

  it('is not recovered a second time while it comes back, nor after', async () => {
    const set = await deleted();
    await set.call('repair', recovery(set));
    expect(await set.call('repair', recovery(set))).toMatchObject({ target: 'operationInProgress' });
    await set.advance(HOUR);
    expect(await set.call('repair', recovery(set))).toMatchObject({ target: 'noDrift' });
    expect(mutations(set)).toHaveLength(1);
  });

  it('is not taken for the one that was lost where it was made at another time', async () => {
    const set = await stage(ORDERS);
    const { createdAt = 0 } = set.cloud.world.keyVault.vault('kv-orders') ?? {};
    const born = (ms: number) => {
      const step = recovery(set);
      return { ...step, parameters: { ...step.parameters, vaultBirth: new Date(ms).toISOString() } } as StepSpec;
    };
    expect(await set.call('repair', born(createdAt))).toMatchObject({ target: 'noDrift' });
    expect(await set.call('repair', born(createdAt - HOUR))).toMatchObject({
      target: 'changed',
      why: expect.stringContaining('this step is for the one of'),
    });
    expect(mutations(set)).toEqual([]);
  });

  it('is recovered once where the answer is lost', async () => {
    const set = await deleted();
    set.cloud.faults.add({ route: 'PUT *', kind: 'reset-after', rate: 1 });
    await expect(set.call('repair', recovery(set))).rejects.toThrow('the outcome is unknown');
    expect(await set.call('repair', recovery(set))).toMatchObject({ target: 'operationInProgress' });
    expect(mutations(set)).toHaveLength(1);
  });

  describe('that a policy does not let be recovered', () => {
    const policyOn = (set: Stage, demands: Record<string, string | boolean>): void => {
      const scope = idOf(set).split('/providers/')[0] ?? '';
      set.cloud.world.policies.assign({ scope, name: 'guardrails', type: 'Microsoft.KeyVault/vaults', demands });
    };
    const network = {
      publicNetworkAccess: 'Enabled',
      defaultAction: 'Deny',
      bypass: 'AzureServices',
      ipRules: ['203.0.113.7'],
      virtualNetworkRules: [],
    };
    const withNetwork = (set: Stage): StepSpec & { networkWas: typeof network } => ({
      ...recovery(set),
      networkWas: network,
    });

    it('is sent once more with what policies judge: rules of the network, protection, tags', async () => {
      const set = await deleted();
      const acls = structuredClone(set.cloud.world.keyVault.deletedVault('kv-orders')?.networkAcls);
      policyOn(set, {
        'properties.networkAcls.defaultAction': 'Deny',
        'properties.enablePurgeProtection': true,
        'properties.enableSoftDelete': true,
      });
      expect((await follow(set, withNetwork(set))).at(-1)).toMatchObject({ kind: 'done' });
      expect(mutations(set)).toEqual([`PUT ${idOf(set)}`, `PUT ${idOf(set)}`]);
      expect(set.cloud.world.keyVault.vault('kv-orders')?.networkAcls).toEqual(acls);
    });

    it('is sent no third time, and blocked until somebody changes that', async () => {
      const set = await deleted();
      policyOn(set, {});
      const { sent } = await set.call('repair', withNetwork(set));
      expect(sent).toMatchObject({
        kind: 'blocked',
        cure: 'change',
        why: expect.stringMatching(/policyAssignments\/guardrails forbids it\. Fix: .*az policy exemption create/),
      });
      expect(mutations(set)).toHaveLength(2);
    });
  });

  it('whose group went with it is blocked, with the command that makes the group', async () => {
    const set = await deleted();
    const group = idOf(set).split('/')[4] ?? '';
    set.cloud.faults.add({
      kind: 'answer',
      rate: 1,
      route: `* https://management.azure.com*/resourceGroups/${group}/*`,
      status: 404,
      code: 'ResourceGroupNotFound',
      message: `Resource group '${group}' could not be found.`,
    });
    expect((await set.call('repair', recovery(set))).sent).toMatchObject({
      kind: 'blocked',
      cure: 'change',
      why: expect.stringMatching(new RegExp(`az group create --name ${group} --location koreacentral --subscription `)),
    });
  });

  it('says nothing of its keys while its host does not answer', async () => {
    const set = await deleted();
    await set.call('repair', recovery(set));
    const { versions } = await set.call('observeKey', KEY);
    expect(Object.values(versions)).toEqual([expect.objectContaining({ kind: 'unknown' })]);
  });
});

describe('a vault', () => {
  it('outside the scopes is not recovered', async () => {
    const set = await deleted({ scopes: ['/subscriptions/00000000-0000-0000-0000-000000000001'] });
    expect(await set.call('repair', recovery(set))).toMatchObject({
      target: 'blocked',
      why: expect.stringContaining('outside GUARDIAN_SCOPE'),
    });
    expect(mutations(set)).toEqual([]);
  });

  it('of which nothing is left is not recovered', async () => {
    const set = await stage(ORDERS);
    const step = JSON.parse(JSON.stringify(recovery(set)).replaceAll('kv-orders', 'kv-purged'));
    expect(await set.call('repair', step)).toMatchObject({
      target: 'blocked',
      why: expect.stringContaining('is gone'),
    });
  });

  it('is not recovered where the product may not see what was deleted', async () => {
    const set = await deleted();
    const { rbac, entra } = set.cloud.world;
    const objectId = entra.managedIdentity(productId)?.objectId;
    for (const { scope, name, principalId } of rbac.assignments())
      if (principalId === objectId) rbac.unassign(scope, name);
    expect(await set.call('repair', recovery(set))).toMatchObject({
      target: 'blocked',
      why: expect.stringContaining('AuthorizationFailed'),
    });
    expect(mutations(set)).toEqual([]);
  });
});
