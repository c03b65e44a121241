import { describe, expect, it } from 'vitest';
import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { type App, HOUR, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import { isDown, serves, writes } from '../../builders/incident.ts';
import { estate } from '../../builders/key-loss.ts';
import { WAYS, type Way } from '../../builders/ways.ts';
import { probingBy } from './probe-story.ts';

/** The keys of all vaults are deleted within one minute, between two probes. */
const deleteAll = async (count: number, way: Way): Promise<App> => {
  const app = await probingBy(way, { world: estate(count) });
  for (const { name } of app.cloud.world.keyVault.vaults()) app.cloud.world.keyVault.deleteKey(name, 'cmk');
  return app;
};

/** The servers whose keys are deleted. */
const servers = ({ cloud }: App): readonly string[] =>
  cloud.world.mysql.servers.all().flatMap(({ name }) => (name.startsWith('on-') ? [name] : []));

describe('keys that are deleted in many vaults at once', () => {
  it.each(WAYS)('are recovered where they are few (%s)', async (way) => {
    const app = await deleteAll(3, way);
    await app.pass(HOUR / 2);
    expect(servers(app).filter((name) => !serves(app, name))).toEqual([]);
    expect(writes(app).filter((write) => write.endsWith('/recover'))).toHaveLength(3);
  });

  it.each(WAYS)(
    'point to one systemic cause where they are many: all of them ask, not one is recovered first (%s)',
    async (way) => {
      const app = await deleteAll(6, way);
      await app.pass(HOUR / 2);
      expect(servers(app).filter((name) => !isDown(app, name))).toEqual([]);
      expect(writes(app)).toEqual([]);
    },
  );

  it('ask as well where somebody has long since hung a server on each of them, one after another', async () => {
    const settings = { GUARDIAN_FUSE_ROOT_CAUSES: '3', GUARDIAN_FUSE_WINDOW: 'PT10M' };
    const app = await startApp({ world: estate(3), wake: 'sweep', settings });
    const { keyVault, mysql } = app.cloud.world;
    await app.pass(NEXT_SWEEP);
    for (const { name } of keyVault.vaults()) {
      const keyUri = keyVault.key(name, 'cmk')?.versions.at(-1)?.kid ?? '';
      mysql.addSingleServer({ subscription: subscriptionId, group: 'data', name: `strange-on-${name}`, keyUri });
      await app.pass(2 * NEXT_SWEEP);
    }
    const { body } = await app.door({ method: 'GET', path: '/api/incidents' }, 200);
    expect((body as { value: readonly unknown[] }).value).toHaveLength(3);
    for (const { name } of keyVault.vaults()) keyVault.deleteKey(name, 'cmk');
    await app.pass(2 * NEXT_SWEEP);
    expect(writes(app)).toEqual([]);
  });
});
