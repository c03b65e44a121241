import { beforeEach, describe, expect, it } from 'vitest';
import type { FullWorld } from '../../../local/cloud/create-world.ts';
import { buildWorld } from '../../../local/cloud/worlds/build-world.ts';
import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { aCloud } from '../../local/cloud/sdk.ts';
import { DAY, HOUR } from '../app.ts';
import { theServer, theSet } from '../breaking/find-subject.ts';
import { KINDS } from '../breaking/links.ts';
import { type Subject, subjectsOf, worldOf } from '../breaking/subjects.ts';
import { differences } from './differences.ts';
import { worldState } from './world-state.ts';

const SUBJECTS = KINDS.flatMap((kind) => subjectsOf(kind, 'accessPolicies', [[]]));
const [SINGLE, FLEXIBLE, SET] = SUBJECTS as [Subject, Subject, Subject];
const VAULT = SINGLE.vault;
const STRANGER = '00000000-0000-4000-8000-00000000dead';

const vaultId = ({ keyVault }: FullWorld): string => keyVault.vault(VAULT)?.id ?? '';
const workspaceId = `/subscriptions/${subscriptionId}/resourceGroups/data/providers/Microsoft.OperationalInsights/workspaces/logs`;

/** Every kind of consumer, and each possible extension of a vault once. */
const fullWorld = async (): Promise<FullWorld> => {
  const { world } = await aCloud();
  buildWorld(world, worldOf(SUBJECTS));
  const scope = vaultId(world);
  world.locks.put({ scope, name: 'keep', level: 'CanNotDelete' });
  world.diagnosticSettings.put({ scope, name: 'audit', workspaceId, logs: [], metrics: [] });
  world.eventGrid.beginSubscribe({ name: 'guardian', scope, endpointUrl: 'http://127.0.0.1:1/events' });
  await world.clock.advance(HOUR);
  return world;
};

const policy = ({ entra }: FullWorld, objectId: string, keys: string[]) => [
  { tenantId: entra.tenantId, objectId, permissions: { keys } },
];
const principalOfServer = (world: FullWorld): string => {
  const server = theServer(world, SINGLE.name);
  return (server.generation === 'single' && server.identity?.principalId) || '';
};

/** Forbidden acts during a repair, and the path at which each must show. */
const FORBIDDEN: readonly (readonly [string, RegExp, (world: FullWorld) => unknown])[] = [
  [
    'lets a stranger in',
    /accessPolicies › 0{8}-/,
    (world) => world.keyVault.changePolicies(VAULT, 'add', policy(world, STRANGER, ['get'])),
  ],
  [
    'gives a server more than it had',
    /keys: \["get",.*→ \["decrypt","get",/,
    (world) => world.keyVault.changePolicies(VAULT, 'add', policy(world, principalOfServer(world), ['decrypt'])),
  ],
  [
    'takes access away',
    /accessPolicies › .* → nothing/,
    (world) => world.keyVault.changePolicies(VAULT, 'remove', policy(world, principalOfServer(world), [])),
  ],
  [
    'assigns a role',
    /^assignments › .* Reader 0{8}-/,
    (world) => world.rbac.assign({ scope: vaultId(world), role: 'Reader', principalId: STRANGER }),
  ],
  [
    'assigns a role a scope higher',
    /^assignments › \/subscriptions\/[^/]+ Key Vault/,
    (world) =>
      world.rbac.assign({
        scope: `/subscriptions/${subscriptionId}`,
        role: 'Key Vault Crypto User',
        principalId: STRANGER,
      }),
  ],
  [
    'switches the permission model',
    /enableRbacAuthorization: false → true/,
    (world) => world.keyVault.updateVault(VAULT, { rbac: true }),
  ],
  [
    'opens the network',
    /networkAcls › ipRules/,
    (world) =>
      world.keyVault.updateVault(VAULT, {
        networkAcls: {
          bypass: 'AzureServices',
          defaultAction: 'Allow',
          ipRules: [{ value: '0.0.0.0/0' }],
          virtualNetworkRules: [],
        },
      }),
  ],
  [
    'closes public access',
    /publicNetworkAccess/,
    (world) => world.keyVault.updateVault(VAULT, { publicNetworkAccess: 'Disabled' }),
  ],
  [
    'changes the tags of a vault',
    /tags › healed/,
    (world) => world.keyVault.updateVault(VAULT, { tags: { healed: 'yes' } }),
  ],
  ['leaves a vault deleted', /deleted: false → true/, (world) => world.keyVault.deleteVault(SET.vault)],
  ['makes a new version', /versions/, (world) => world.keyVault.rotateKey(VAULT, 'cmk')],
  [
    'leaves a key disabled',
    /enabled: true → false/,
    (world) => world.keyVault.setAttributes(VAULT, 'cmk', undefined, { enabled: false }),
  ],
  [
    'changes an expiry',
    /exp: /,
    (world) => world.keyVault.setAttributes(VAULT, 'cmk', undefined, { exp: 2_000_000_000 }),
  ],
  ['leaves a key deleted', /phase: "active" → "deleting"/, (world) => world.keyVault.deleteKey(VAULT, 'cmk')],
  [
    'leaves a server down',
    /availability/,
    (world) => Object.assign(theServer(world, SINGLE.name).availability, { condition: 'inaccessible' }),
  ],
  [
    'tags a server',
    /servers › .* › tags › healed/,
    (world) => Object.assign(theServer(world, FLEXIBLE.name).tags, { healed: 'yes' }),
  ],
  [
    'forgets the key of a geo backup',
    /geoBackupKeyURI/,
    (world) => {
      const server = theServer(world, FLEXIBLE.name);
      if (server.generation === 'flexible') Object.assign(server.dataEncryption ?? {}, { geoBackupKeyURI: 'another' });
    },
  ],
  [
    'gives a server another identity',
    /identities/,
    (world) => Object.assign(theServer(world, FLEXIBLE.name), { identities: {} }),
  ],
  [
    'makes a server',
    /^servers › .*-copy: nothing/,
    (world) =>
      world.mysql.addCopy(theServer(world, SINGLE.name), 'Replica', {
        subscription: subscriptionId,
        group: 'data',
        name: 'a-copy',
      }),
  ],
  [
    'has a set rotate by itself',
    /rotationToLatest/,
    (world) => Object.assign(theSet(world, SET), { rotationToLatestKeyVersionEnabled: true }),
  ],
  [
    'points a set at another key',
    /activeKey › keyUrl/,
    (world) => Object.assign(theSet(world, SET).activeKey, { keyUrl: 'another' }),
  ],
  [
    'stops a machine',
    /power: "running" → "stopped"/,
    (world) => {
      for (const machine of world.compute.machines.all()) world.compute.stop(machine, 'stopped');
    },
  ],
  ['loses a lock', /^locks › /, ({ locks, ...world }) => locks.remove(world.keyVault.vault(VAULT)?.id ?? '', 'keep')],
  [
    'loses an event subscription',
    /^eventSubscriptions › /,
    (world) => world.eventGrid.unsubscribe(vaultId(world), 'guardian'),
  ],
  [
    'loses a diagnostic setting',
    /^diagnosticSettings › /,
    (world) => world.diagnosticSettings.remove(vaultId(world), 'audit'),
  ],
  ['makes somebody', /^principals › /, ({ entra }) => entra.createUser({ name: 'new' })],
  [
    'deletes an identity',
    /^identities › /,
    ({ managedIdentities }) => managedIdentities.remove(managedIdentities.all()[0]?.id ?? ''),
  ],
  ['defines a role', /^roles › /, ({ rbac }) => rbac.define({ roleName: 'Own', permissions: [], scopes: ['/'] })],
];

describe('two moments of a world', () => {
  let world: FullWorld;
  beforeEach(async () => {
    world = await fullWorld();
  });

  it('are the same while nothing happens but time', async () => {
    const before = worldState(world);
    await world.clock.advance(DAY);
    expect(differences(before, worldState(world))).toEqual([]);
  });

  it.each(FORBIDDEN)('differ where somebody %s', (_what, where, change) => {
    const before = worldState(world);
    change(world);
    const found = differences(before, worldState(world));
    expect(found).not.toEqual([]);
    expect(found.filter((one) => where.test(one))).not.toEqual([]);
  });
});
