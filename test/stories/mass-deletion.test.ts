import { describe, expect, it } from '@jest/globals';
import { type App, HOUR, MINUTE, startApp } from '../builders/app.ts';
import { isDown, serves, writes } from '../builders/incident.ts';
import { estate } from '../builders/key-loss.ts';

/** The keys of all vaults are deleted within one minute, between two probes. */
const deleteAll = async (count: number): Promise<App> => {
  const app = await startApp({ world: estate(count), wake: 'probe' });
  await app.pass(3 * MINUTE);
  for (const { name } of app.cloud.world.keyVault.vaults()) app.cloud.world.keyVault.deleteKey(name, 'cmk');
  return app;
};

const servers = ({ cloud }: App): readonly string[] => cloud.world.mysql.servers.all().map(({ name }) => name);

describe('keys that are deleted in many vaults at once', () => {
  it('are recovered where they are few', async () => {
    const app = await deleteAll(3);
    await app.pass(HOUR / 2);
    expect(servers(app).filter((name) => !serves(app, name))).toEqual([]);
    expect(writes(app).filter((write) => write.endsWith('/recover'))).toHaveLength(3);
  });

  it('point to one systemic cause where they are many: all of them ask, not one is recovered first', async () => {
    const app = await deleteAll(6);
    await app.pass(HOUR / 2);
    expect(servers(app).filter((name) => !isDown(app, name))).toEqual([]);
    expect(writes(app)).toEqual([]);
  });
});
