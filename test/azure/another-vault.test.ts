import { describe, expect, it } from 'vitest';
import type { StepSpec } from '../../src/remediation/steps/steps.ts';
import { mutations } from './follow-through.ts';
import {
  closeFirewall,
  extension,
  KEY,
  ORDERS,
  pinnedVersion,
  revalidation,
  SINGLE,
  setPinned,
  vaultId,
  vaultOf,
} from './orders.ts';
import { HOUR, type Stage, stage } from './product.ts';

const target = `https://${KEY.host}/keys/${KEY.name}`;
const consumer = { target: SINGLE.toLowerCase(), consumerKind: 'mysqlSingleServer' } as const;

/** A step on the key, or on one of its consumers, of every kind that finds its vault by the host of that key. */
const stepsOf = ({ cloud }: Stage): readonly StepSpec[] => {
  const { kid, version } = pinnedVersion(cloud);
  const its = vaultOf(kid);
  const newKid = cloud.world.keyVault.key('kv-orders', 'cmk')?.versions[1]?.kid ?? '';
  const ofConsumer = { ...its, consumerKind: consumer.consumerKind, kid };
  return [
    { kind: 'recoverKey', target, parameters: { ...its, key: KEY } },
    { kind: 'restoreKeyFromBackup', target, parameters: { ...its, key: KEY, blob: 'kv-orders/cmk', versions: [] } },
    { kind: 'enableKey', target, parameters: { ...its, key: KEY, version } },
    { kind: 'setActivationDate', target, parameters: { ...its, key: KEY, version } },
    extension(cloud),
    revalidation(cloud, SINGLE),
    { kind: 'repointConsumer', target: consumer.target, parameters: { ...ofConsumer, newKid } },
    {
      kind: 'assignIdentity',
      target: consumer.target,
      parameters: { ...ofConsumer, identity: { kind: 'system' }, replaces: principalOf(cloud) },
    },
  ];
};

const principalOf = ({ world }: Stage['cloud']): string => world.entra.managedIdentity(SINGLE)?.objectId ?? '';

const broken = async (): Promise<Stage> => {
  const set = await stage(ORDERS);
  setPinned(set.cloud, { enabled: false });
  Object.assign(set.cloud.world.mysql.servers.get(SINGLE)?.availability ?? {}, { condition: 'inaccessible' });
  return set;
};

describe('a step for a vault whose name another vault has by now', () => {
  it('is blocked, whatever it is about, and nothing is sent', async () => {
    const set = await broken();
    const steps = stepsOf(set);
    const there = vaultId(set.cloud).replace('/resourceGroups/data/', '/resourceGroups/elsewhere/');
    Object.assign(set.cloud.world.keyVault.vault('kv-orders') ?? {}, { id: there });
    for (const step of steps) {
      const { target: found, why } = await set.call('repair', step);
      expect([step.kind, found, why]).toEqual([
        step.kind,
        'blocked',
        expect.stringMatching(/ is (gone|\/.*\/elsewhere\/.* now)|ResourceGroupNotFound/),
      ]);
    }
    expect(mutations(set)).toEqual([]);
  });

  it('or that was made later under the same id, or holds another key of that version, is blocked as well', async () => {
    const set = await broken();
    const now = await set.call('observeKey', KEY, { consumerIds: [SINGLE] });
    const birth = now.vault.kind === 'present' ? now.vault.value.birth : undefined;
    expect(birth).toBe(new Date(set.startedAt).toISOString());
    const seen = Object.values(now.versions)[0];
    const material = seen?.kind === 'present' ? seen.value.material : undefined;
    expect(material).toMatch(/^[0-9a-f]{64}$/);
    const made = (parameters: object) =>
      stepsOf(set).map((step) => ({ ...step, parameters: { ...step.parameters, ...parameters } }) as StepSpec);
    for (const step of made({ vaultBirth: new Date(set.startedAt - HOUR).toISOString() }))
      expect((await set.call('repair', step)).why).toMatch(/was made at .*, and this step is for the one of/);
    const restsOnVersion = ({ kind }: StepSpec): boolean =>
      !['recoverKey', 'restoreKeyFromBackup', 'repointConsumer'].includes(kind);
    for (const step of made({ vaultBirth: birth, material: 'f'.repeat(64) }).filter(restsOnVersion))
      expect((await set.call('repair', step)).why).toMatch(/is another key than the one/);
    const [enabling] = made({ vaultBirth: birth, material }).filter(({ kind }) => kind === 'enableKey');
    expect(mutations(set)).toEqual([]);
    expect(enabling && (await set.call('repair', enabling))).toMatchObject({ sent: { kind: 'done' } });
  });

  it('shows no material through the control plane, where the id of the version counts', async () => {
    const set = await broken();
    closeFirewall(set.cloud);
    const { versions } = await set.call('observeKey', KEY, { consumerIds: [SINGLE] });
    expect(Object.values(versions)).toMatchObject([{ kind: 'present', value: { keyType: 'RSA' } }]);
    expect(Object.values(versions)[0]).not.toHaveProperty('value.material');
  });

  it('shows of a deleted key which version was its current one, and the material of that', async () => {
    const set = await stage(ORDERS);
    const { call, cloud, advance } = set;
    const current = cloud.world.keyVault.key('kv-orders', 'cmk')?.versions.at(-1);
    cloud.world.keyVault.deleteKey('kv-orders', 'cmk');
    await advance(HOUR);
    const { loss } = await call('observeKey', KEY, { consumerIds: [SINGLE] });
    const value = { kind: 'deleted', version: current?.version, material: expect.stringMatching(/^[0-9a-f]{64}$/) };
    expect(loss).toMatchObject({ kind: 'present', value });
    const step: StepSpec = {
      kind: 'recoverKey',
      target,
      parameters: { ...vaultOf(target), material: 'f'.repeat(64), key: KEY },
    };
    expect(await call('repair', step)).toMatchObject({ target: 'blocked' });
    expect(mutations(set)).toEqual([]);
  });
});
