import { describe, expect, it } from 'vitest';
import type { WorldPlan } from '../../local/cloud/worlds/build-world.ts';
import { contentHash } from '../../src/remediation/model/canonical.ts';
import type { StepSpec } from '../../src/remediation/steps/steps.ts';
import { backupFolder } from './backup-folder.ts';
import { closeFirewall, KEY, MARK, markVault, ORDERS, pinnedVersion, SINGLE, stateOf, vaultOf } from './orders.ts';
import { HOUR, type Stage, stage } from './product.ts';

/** A vault whose keys can be purged. */
const PURGEABLE: WorldPlan = {
  ...ORDERS,
  vaults: (ORDERS.vaults ?? []).map((vault) => ({
    ...vault,
    keeps: 'what is deleted',
    keys: [...vault.keys, { name: 'other' }],
  })),
};

const target = `https://${KEY.host}/keys/${KEY.name}`;

type Scene = Stage & {
  readonly step: StepSpec;
  readonly kids: readonly string[];
  /** Puts another content in the place of the backup. */
  readonly swap: (bytes: Uint8Array) => void;
};

/** A key whose backup a person has put at the product's place for backups: a backup of this key, or by mistake of another. */
const backedUp = async (of = 'cmk'): Promise<Scene> => {
  const { backups, put } = backupFolder();
  const set = await stage(PURGEABLE, { backups });
  const { keyVault } = set.cloud.world;
  const backup = Buffer.from(keyVault.backupKey('kv-orders', of), 'base64url');
  const swap = (bytes: Uint8Array): void => put('kv-orders/cmk', bytes);
  swap(backup);
  const { version } = pinnedVersion(set.cloud);
  const step: StepSpec = {
    kind: 'restoreKeyFromBackup',
    target,
    parameters: {
      ...vaultOf(target),
      key: KEY,
      blob: 'kv-orders/cmk',
      content: contentHash(backup),
      versions: [version],
    },
  };
  const kids = keyVault.key('kv-orders', 'cmk')?.versions.map(({ kid }) => kid) ?? [];
  return { ...set, step, kids, swap };
};

const purge = async ({ cloud, advance }: Stage, name = 'cmk'): Promise<void> => {
  cloud.world.keyVault.deleteKey('kv-orders', name);
  await advance(HOUR);
  cloud.world.keyVault.purgeKey('kv-orders', name);
};

const purged = async (of?: string): Promise<Scene> => {
  const scene = await backedUp(of);
  await purge(scene);
  if (of !== undefined) await purge(scene, of);
  return scene;
};

const mutations = ({ cloud }: Stage): readonly string[] =>
  cloud.requests.list({ mutating: true }).map(({ method, url }) => `${method} ${new URL(url).pathname}`);

describe('a purged key', () => {
  it('is restored from its backup by one POST, with all its versions, which its servers pin', async () => {
    const scene = await purged();
    const { call, cloud, kids, step } = scene;
    expect(stateOf(cloud, SINGLE)).toBe('inaccessible');
    expect(await call('repair', step)).toMatchObject({ sent: { kind: 'done', correlationIds: [expect.any(String)] } });
    expect(cloud.world.keyVault.key('kv-orders', 'cmk')?.versions.map(({ kid }) => kid)).toEqual(kids);
    expect(await call('repair', step)).toMatchObject({ target: 'noDrift' });
    expect(mutations(scene)).toEqual(['POST /keys/restore']);
  });

  it('is restored too where nobody names a version of it, and not where any key has its name', async () => {
    const scene = await purged();
    const step = {
      ...scene.step,
      parameters: { ...scene.step.parameters, versions: [] },
    } as StepSpec;
    expect(await scene.call('repair', step)).toMatchObject({ sent: { kind: 'done' } });
    expect(await scene.call('repair', step)).toMatchObject({ target: 'noDrift' });
    expect(mutations(scene)).toEqual(['POST /keys/restore']);
  });

  it('is not restored from a blob that holds something else than what was seen and approved', async () => {
    const scene = await purged();
    scene.swap(Buffer.from('somebody else’s key'));
    expect(await scene.call('repair', scene.step)).toMatchObject({
      target: 'blocked',
      why: expect.stringContaining('holds something else'),
    });
    const { content: _, ...unseen } = scene.step.parameters as { content?: string };
    const without = { ...scene.step, parameters: unseen } as StepSpec;
    expect(await scene.call('repair', without)).toMatchObject({ target: 'blocked' });
    expect(mutations(scene)).toEqual([]);
  });

  it('is read with the tags of its vault', async () => {
    const { call, cloud, step } = await purged();
    markVault(cloud);
    expect((await call('repair', step)).tagged).toMatchObject([{ tags: MARK }]);
  });

  it('is restored once where the answer is lost', async () => {
    const scene = await purged();
    scene.cloud.faults.add({ route: 'POST *restore', kind: 'reset-after', rate: 1 });
    await expect(scene.call('repair', scene.step)).rejects.toThrow('the outcome is unknown');
    expect(await scene.call('repair', scene.step)).toMatchObject({ target: 'noDrift' });
    expect(mutations(scene)).toHaveLength(1);
  });

  it('is not restored where there is no such backup', async () => {
    const scene = await purged();
    const step = JSON.parse(JSON.stringify(scene.step).replace('kv-orders/cmk', 'kv-orders/none'));
    expect(await scene.call('repair', step)).toMatchObject({
      target: 'blocked',
      why: expect.stringContaining('no backup'),
    });
  });

  it('is not said to be restored where the backup is of another key, which is named', async () => {
    const scene = await purged('other');
    expect(await scene.call('repair', scene.step)).toMatchObject({
      sent: { kind: 'blocked', why: expect.stringMatching(/holds another key: .*\/keys\/other/) },
    });
  });

  it('is not restored behind a firewall that hides whether it is there', async () => {
    const scene = await purged();
    closeFirewall(scene.cloud);
    expect(await scene.call('repair', scene.step)).toMatchObject({ target: 'blocked' });
    expect(mutations(scene)).toEqual([]);
  });
});

describe('a key that is not purged', () => {
  it('is not restored while it is there', async () => {
    const scene = await backedUp();
    expect(await scene.call('repair', scene.step)).toMatchObject({ target: 'noDrift' });
    expect(mutations(scene)).toEqual([]);
  });

  it('is recovered and not restored where it is only deleted', async () => {
    const scene = await backedUp();
    scene.cloud.world.keyVault.deleteKey('kv-orders', 'cmk');
    await scene.advance(HOUR);
    expect(await scene.call('repair', scene.step)).toMatchObject({
      target: 'blocked',
      why: expect.stringContaining('recoverKey'),
    });
    expect(mutations(scene)).toEqual([]);
  });

  it('is left alone where another key has taken its name', async () => {
    const scene = await purged();
    scene.cloud.world.keyVault.createKey('kv-orders', 'cmk');
    expect(await scene.call('repair', scene.step)).toMatchObject({
      target: 'blocked',
      why: expect.stringContaining('another key has the name'),
    });
    expect(mutations(scene)).toEqual([]);
  });
});
