import { describe, expect, it } from '@jest/globals';
import { recordByHand } from '../../local/cloud/activity-log/record-by-hand.ts';
import type { WorldPlan } from '../../local/cloud/worlds/build-world.ts';
import { type App, HOUR, NEXT_SWEEP, startApp } from '../builders/app.ts';
import { breakLinks } from '../builders/breaking/break-link.ts';
import type { Model } from '../builders/breaking/links.ts';
import { subjectsOf, worldOf } from '../builders/breaking/subjects.ts';
import { serves, VAULT, writes } from '../builders/incident.ts';

const KEYS = Array.from({ length: 50 }, (_, n) => `cmk-${n}`);

const oneVault = (permissions: Model): WorldPlan => ({
  vaults: [{ name: VAULT, permissions, keys: KEYS.map((name) => ({ name })) }],
  servers: KEYS.map((key) => ({ name: `on-${key}`, generation: 'single', vault: VAULT, key })),
});

/** By its owner, as the activity log tells: what hung on it was lost with it, and not taken before. */
const deleteVault = ({ cloud }: App): void => {
  const { id = '' } = cloud.world.keyVault.vault(VAULT) ?? {};
  cloud.world.keyVault.deleteVault(VAULT);
  recordByHand(cloud.world, { target: id, operationName: 'Microsoft.KeyVault/vaults/delete', existed: true });
};

const servers = ({ cloud }: App): readonly string[] => cloud.world.mysql.servers.all().map(({ name }) => name);

const verdicts = async (app: App): Promise<readonly string[]> => {
  const { body } = await app.door({ method: 'GET', path: '/api/reconciliations' }, 200);
  return (body as { value: { verdict: string }[] }).value.map(({ verdict }) => verdict);
};

const sent = (app: App, shape: RegExp): number => writes(app).filter((write) => shape.test(write)).length;

describe('a vault with fifty keys in use that is deleted', () => {
  it.each([
    ['accessPolicies', 0],
    ['roles', KEYS.length],
  ] as const)('is one cause: recovered once, and every server healed without asking (%s)', async (model, grants) => {
    const app = await startApp({ world: oneVault(model), wake: 'sweep' });
    await app.pass(NEXT_SWEEP);
    deleteVault(app);
    const allServe = () => servers(app).every((name) => serves(app, name));
    await app.until('all are down', () => !servers(app).some((name) => serves(app, name)), HOUR);
    await app.until('all serve again', allServe, HOUR);
    await app.pass(2 * NEXT_SWEEP);

    expect(sent(app, /^PUT .*\/vaults\/[^/]+$/)).toBe(1);
    expect(sent(app, /roleAssignments/)).toBe(grants);
    expect(sent(app, /\/servers\/[^/]+\/keys\//)).toBe(KEYS.length);
    expect(writes(app)).toHaveLength(1 + grants + KEYS.length);
    expect(new Set(await verdicts(app))).toEqual(new Set(['healthy']));
  });
});

describe('half the keys of many vaults', () => {
  it('that fall ill for reasons of their own are a systemic cause: all of them ask', async () => {
    const ill = [
      ['keyDeleted'],
      ['keyExpired'],
      ['vaultDeleted'],
      ['keyExpired', 'keyDeleted'],
      ['vaultDeleted', 'keyExpired'],
      ['keyDeleted'],
    ] as const;
    const subjects = subjectsOf('single', 'accessPolicies', [...ill, ...ill.map(() => [])]);
    const app = await startApp({ world: worldOf(subjects), wake: 'sweep' });
    await app.pass(NEXT_SWEEP);
    for (const subject of subjects) breakLinks(app.cloud.world, subject);
    await app.pass(HOUR);
    expect((await verdicts(app)).filter((verdict) => verdict === 'ask')).toHaveLength(ill.length);
    expect(writes(app)).toEqual([]);
  });
});
