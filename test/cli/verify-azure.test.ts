import { describe, expect, it } from '@jest/globals';
import type { Switches } from '../../local/cloud/room.ts';
import { buildWorld } from '../../local/cloud/worlds/build-world.ts';
import { sendTo } from '../infra/sign-in/directory.ts';
import { aCloud, named } from '../local/cloud/sdk.ts';
import { EXIT, runIn } from './rig.ts';

/** A cloud with one vault, and the command in it, said by somebody who may do everything there. */
const aVault = async (switches: Partial<Switches>, words: readonly string[] = ['--yes']) => {
  const cloud = await aCloud({});
  const { world } = cloud;
  Object.assign(world.switches, switches);
  buildWorld(world, { vaults: [{ name: 'kv-canary', permissions: 'roles', keys: [] }] });
  const owner = named(cloud, 'owner');
  const { id = '' } = world.keyVault.vault('kv-canary') ?? {};
  world.rbac.assign({ scope: id, principalId: owner.objectId, role: 'Key Vault Crypto Officer' });
  const ran = await runIn(['verify-azure', '--vault', id, '--output', 'csv', ...words], {
    send: sendTo(cloud),
    signIn: async (_way, { scope }) =>
      world.entra.issue({ principal: owner, audience: scope.replace('/.default', '') }),
    now: () => world.clock.now(),
    sleep: async (ms) => void (await world.clock.advance(ms)),
  });
  return { ...ran, keys: [...(world.keyVault.vault('kv-canary')?.keys.values() ?? [])] };
};

describe('What no document says of Azure is tried', () => {
  it('with a new key, which is deleted again', async () => {
    const { exit, out, keys } = await aVault({});
    expect(out).toMatch(/is shown\./i);
    expect(out).toMatch(/expired is refused for wrapping.*,holds,It is refused: 403 KeyExpired\./);
    expect(out).toMatch(/not yet valid is refused for wrapping.*,holds,It is refused: 403 KeyNotYetValid\./);
    expect(out).toMatch(/among the deleted ones.*,holds,After 2 s; under its name 404/);
    expect(out).toMatch(/with the version that it had,holds,"After 10 s, with the same version\."/);
    expect(exit).toBe(EXIT.well);
    expect(keys.map(({ deletedAt }) => deletedAt)).toEqual([expect.any(Number)]);
  });

  it.each([
    [{ disabledKeyReads: 'shown' }, /disabled.*,one of two,It is shown\./],
    [{ disabledKeyReads: 'refused' }, /disabled.*,one of two,It is refused: 403 KeyDisabled\./],
    [{}, /Resource Manager serves.*,one of two,By 2026-02-01\./],
    [
      { refusedApiVersions: { 'Microsoft.KeyVault/vaults/keys': ['2026-02-01'] } },
      /Resource Manager serves.*,one of two,By 2025-05-01; 2026-02-01 is refused: 400 NoRegisteredProviderFound\./,
    ],
  ] as const)('whichever of two things it does: %j', async (switches, found) => {
    const { exit, out } = await aVault(switches as Partial<Switches>);
    expect(out).toMatch(found);
    expect(exit).toBe(EXIT.well);
  });

  it('and told as a fault where it does neither', async () => {
    const { exit, out } = await aVault({
      refusedApiVersions: { 'Microsoft.KeyVault/vaults/keys': ['2026-02-01', '2025-05-01'] },
    });
    expect(out).toMatch(/,FAILS,"By neither: 400 NoRegisteredProviderFound/);
    expect(exit).toBe(EXIT.wrong);
  });

  it('after a yes alone', async () => {
    const { exit, said, keys } = await aVault({}, []);
    expect(exit).toBe(EXIT.usage);
    expect(said).toMatch(/No other key is touched\.\n?.*Nobody is there to answer: add --yes\./s);
    expect(keys).toEqual([]);
  });
});
