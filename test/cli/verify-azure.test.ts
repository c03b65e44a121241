import { describe, expect, it } from 'vitest';
import { TRIALS } from '../../cli/canary/trials/trials.ts';
import type { Fault } from '../../local/cloud/faults.ts';
import type { Switches } from '../../local/cloud/service.ts';
import { buildWorld } from '../../local/cloud/worlds/build-world.ts';
import { API_VERSIONS } from '../../src/remediation/model/api-versions.ts';
import { sendTo } from '../infra/sign-in/directory.ts';
import { aCloud, named } from '../local/cloud/sdk.ts';
import { EXIT, runIn } from './rig.ts';

const [NEWEST, EARLIER] = API_VERSIONS['Microsoft.KeyVault/vaults/keys'];

/** A cloud with one vault, which may have keys, and the command for it, run by a person with every right there. */
const aVault = async (
  switches: Partial<Switches>,
  words: readonly string[] = ['--yes'],
  faults: readonly Fault[] = [],
  keys = 0,
) => {
  const cloud = await aCloud({});
  const { world } = cloud;
  Object.assign(world.switches, switches);
  const names = Array.from({ length: keys }, (_, n) => ({ name: `a-${n}` }));
  buildWorld(world, { vaults: [{ name: 'kv-canary', permissions: 'roles', keys: names }] });
  const owner = named(cloud, 'owner');
  const { id = '' } = world.keyVault.vault('kv-canary') ?? {};
  world.rbac.assign({ scope: id, principalId: owner.objectId, role: 'Key Vault Crypto Officer' });
  for (const fault of faults) cloud.faults.add(fault);
  const ran = await runIn(['verify-azure', '--vault', id, '--output', 'csv', ...words], {
    send: sendTo(cloud),
    signIn: async (_way, { scope }) =>
      world.entra.issue({ principal: owner, audience: scope.replace('/.default', '') }),
    now: () => world.clock.now(),
    sleep: async (ms) => void (await world.clock.advance(ms)),
  });
  return { ...ran, keys: [...(world.keyVault.vault('kv-canary')?.keys.values() ?? [])] };
};

const answered = (route: string, status: number, more: Partial<Fault>): Fault => ({
  route,
  kind: 'answer',
  rate: 1,
  status,
  ...more,
});

const refused = (route: string, status: number, inner: string): Fault =>
  answered(route, status, { code: status === 404 ? inner : 'Forbidden', message: 'As it was told.', inner });

/** Behaviour of Azure that each trial must report as a failure. */
const OTHERWISE: readonly (readonly [assumption: string, faults: readonly Fault[], seen: RegExp])[] = [
  ['Reading a disabled key', [refused('GET *vault.azure.net/keys/*', 403, 'Elsewhere')], /refused: 403 Elsewhere/],
  [
    'shows a disabled key, and that it is disabled',
    [{ route: 'GET *management*/keys/*', kind: 'spoilt', rate: 1, put: { 'properties.attributes.enabled': true } }],
    /It is shown, and not as disabled\./,
  ],
  [
    'list of keys of Resource Manager shows',
    [
      {
        route: 'GET *management*/keys',
        kind: 'spoilt',
        rate: 1,
        put: { 'value.0.properties.attributes.enabled': true },
      },
    ],
    /After 2 min it is still shown as it was\./,
  ],
  [
    'list of keys of Resource Manager names each',
    [
      {
        route: 'GET *management*/keys',
        kind: 'spoilt',
        rate: 1,
        put: { 'value.0.properties.attributes.updated': null },
      },
    ],
    /It shows /,
  ],
  ['A key that is expired', [answered('POST *wrapkey', 200, { body: {} })], /It is used like any other\./],
  ['A key that is not yet valid', [refused('POST *wrapkey', 404, 'KeyNotFound')], /It is refused: 404 KeyNotFound\./],
  ['An expired key still unwraps', [refused('POST *unwrapkey', 403, 'KeyExpired')], /It is refused: 403 KeyExpired\./],
  ['whose expiry is put off', [refused('POST *wrapkey', 403, 'KeyExpired')], /It is refused: 403 KeyExpired\./],
  [
    'A new version is the current one',
    [{ route: 'GET *vault.azure.net/keys/*', kind: 'spoilt', rate: 1, put: { 'key.kid': 'https://other' } }],
    /the one before is still read/,
  ],
  [
    'A deleted key is soon',
    [refused('GET *vault.azure.net/deletedkeys/*', 404, 'KeyNotFound')],
    /After 2 min it is not among them\./,
  ],
  [
    'A recovered key',
    [{ route: 'GET *vault.azure.net/deletedkeys/*', kind: 'spoilt', rate: 1, put: { 'key.kid': 'https://other' } }],
    /with another version/,
  ],
];

describe('What no document says of Azure is tried', () => {
  it('with a new key, which is deleted again', async () => {
    const { exit, out, keys } = await aVault({});
    expect(out).toMatch(/is shown\./i);
    expect(out).toMatch(/expired is refused for wrapping.*,holds,It is refused: 403 KeyExpired\./);
    expect(out).toMatch(/not yet valid is refused for wrapping.*,holds,It is refused: 403 KeyNotYetValid\./);
    expect(out).toMatch(/among the deleted ones.*,holds,After 2 s; under its name 404/);
    expect(out).toMatch(/with the version that it had,holds,"After 10 s, with the same version\."/);
    expect(out).toMatch(/shows a disabled key, and that it is disabled.*,holds,/);
    expect(out).toMatch(/An expired key still unwraps.*,holds,It does\./);
    expect(out).toMatch(/put off wraps again at once,holds,It does\./);
    expect(out).toMatch(/A new version is the current one at once.*,holds,So it is\./);
    expect(out.trimEnd().split('\r\n')).toHaveLength(1 + TRIALS.length);
    expect(exit).toBe(EXIT.well);
    expect(keys.map(({ deletedAt }) => deletedAt)).toEqual([expect.any(Number)]);
  });

  it.each([
    [{ disabledKeyReads: 'shown' }, /disabled.*,one of two,It is shown\./],
    [{ disabledKeyReads: 'refused' }, /disabled.*,one of two,It is refused: 403 KeyDisabled\./],
    [{}, /list of keys of the vault shows.*,holds,At once\./],
    [{}, /list of keys of Resource Manager shows.*,holds,At once\./],
    [{ keyListStaleSeconds: 30 }, /list of keys of the vault shows.*,one of two,After 30 s/],
    [{ keyListStaleSeconds: 30 }, /list of keys of Resource Manager shows.*,one of two,After/],
    [{}, /page of the list of keys of the vault.*,one of two,All 1 are on one page/],
    [
      { controlPlaneKeyList: 'published' },
      /names each.*,holds,"It does, with the port 443; and neither version nor expiry\."/,
    ],
    [{ controlPlaneKeyList: 'full' }, /names each.*,holds,"It does, without a port; and its version\."/],
    [{}, new RegExp(`Resource Manager serves.*,one of two,By ${NEWEST}\\.`)],
    [
      { refusedApiVersions: { 'Microsoft.KeyVault/vaults/keys': [NEWEST] } },
      new RegExp(
        `Resource Manager serves.*,one of two,By ${EARLIER}; ${NEWEST} is refused: 400 NoRegisteredProviderFound\\.`,
      ),
    ],
  ] as const)('whichever of two things it does: %j', async (switches, found) => {
    const { exit, out } = await aVault(switches as Partial<Switches>);
    expect(out).toMatch(found);
    expect(exit).toBe(EXIT.well);
  });

  it.each([
    ['full', 25],
    ['short', 3],
  ] as const)('how many keys a page holds, where there are many: %s', async (keyListPages, onPage) => {
    const { out } = await aVault({ keyListPages, controlPlaneKeyListPage: 40 }, ['--yes'], [], 50);
    expect(out).toMatch(new RegExp(`page of the list of keys of the vault.*,one of two,"?${onPage} on the first page`));
    expect(out).toMatch(/page of the list of keys of Resource Manager.*,one of two,"?40 on the first page/);
  });

  it('and told as a fault where it does neither', async () => {
    const { exit, out } = await aVault({
      refusedApiVersions: { 'Microsoft.KeyVault/vaults/keys': API_VERSIONS['Microsoft.KeyVault/vaults/keys'] },
    });
    expect(out).toMatch(/,FAILS,"By neither: 400 NoRegisteredProviderFound/);
    expect(exit).toBe(EXIT.wrong);
  });

  it.each(OTHERWISE)('and told as a fault where this is otherwise: %s', async (assumption, faults, seen) => {
    const { exit, out, keys } = await aVault({}, ['--yes'], faults);
    const line = out.split('\r\n').find((one) => one.includes(assumption));
    expect(line).toContain(',FAILS,');
    expect(line).toMatch(seen);
    expect(exit).toBe(EXIT.wrong);
    expect(keys.every(({ deletedAt }) => deletedAt !== undefined)).toBe(true);
  });

  it('and called not tried where Azure does not let it be tried', async () => {
    const { exit, out } = await aVault(
      {},
      ['--yes'],
      [refused('PATCH *vault.azure.net/keys/*', 403, 'ForbiddenByRbac')],
    );
    expect(out).toMatch(
      /A key that is expired.*,not tried,It could not be tried: Azure has answered 403 ForbiddenByRbac\./,
    );
    expect(exit).toBe(EXIT.wrong);
  });

  it('after a yes alone', async () => {
    const { exit, said, keys } = await aVault({}, []);
    expect(exit).toBe(EXIT.usage);
    expect(said).toMatch(/No other key is touched\.\n?.*Nobody is there to answer: add --yes\./s);
    expect(keys).toEqual([]);
  });
});
