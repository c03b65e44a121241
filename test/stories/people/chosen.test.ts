import { describe, expect, it } from 'vitest';
import type { HostCall } from '../../../local/call-host.ts';
import { resourceId } from '../../../local/cloud/arm/resource-id.ts';
import { grantKeys } from '../../../local/cloud/worlds/pinned-key.ts';
import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { type App, MINUTE, startApp } from '../../builders/app.ts';
import {
  expectNoLedger,
  FLEXIBLE,
  flexible,
  KEY,
  keyVersion,
  ledgerOf,
  linesOf,
  orders,
  SINGLE,
  server,
  serves,
  single,
  startReconciliation,
  VAULT,
  writes,
} from '../../builders/incident.ts';
import { PATCH_OF_SERVER } from '../../builders/key-loss.ts';
import { approve, askedPlan, errorCode, PEOPLE, signedIn } from '../../builders/people.ts';
import { repeated, sampled } from '../../run/exhaustive.ts';

const identity = (name: string): string =>
  resourceId({
    subscription: subscriptionId,
    group: 'data',
    type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
    name,
  });

const start = (settings: Record<string, string> = {}): Promise<App> =>
  startApp({ world: orders([flexible('web'), single('orders')]), wake: 'doors', settings });

const repair = (app: App, step: string, body: unknown) =>
  app.call({ method: 'POST', path: `/api/orchestrators/${step}`, body });

/** Another version of the key, which no consumer uses. */
const rotate = (app: App): string => {
  app.cloud.world.keyVault.rotateKey(VAULT, 'cmk');
  return keyVersion(app).kid;
};

/** Another key in the vault, which `web` may use, since a policy opens every key. */
const anotherKey = (app: App): string => app.cloud.world.keyVault.createKey(VAULT, 'another', { keySize: 2048 }).kid;

/** Another identity, which may use the key already. */
const anotherIdentity = ({ cloud: { world } }: App): string => {
  const place = { subscription: subscriptionId, group: 'data', name: 'another', location: 'koreacentral' };
  const { id } = world.managedIdentities.create(place);
  const principal = world.entra.managedIdentity(id)?.objectId ?? '';
  grantKeys(world, VAULT, principal, ['get', 'list', 'wrapKey', 'unwrapKey']);
  return id;
};

const encryptionOf = (app: App) => {
  const web = server(app, 'web');
  if (web.generation !== 'flexible') throw new Error('web is a flexible server');
  return web.dataEncryption;
};

const CHOICES: readonly (readonly [string, string, (app: App) => Record<string, string>, (app: App) => unknown])[] = [
  ['another version', 'repointConsumer', (app) => ({ newKey: rotate(app) }), (app) => encryptionOf(app)?.primaryKeyURI],
  ['another key', 'repointConsumer', (app) => ({ newKey: anotherKey(app) }), (app) => encryptionOf(app)?.primaryKeyURI],
  [
    'another identity',
    'assignIdentity',
    (app) => ({ identity: anotherIdentity(app) }),
    (app) => encryptionOf(app)?.primaryUserAssignedIdentityId.toLowerCase(),
  ],
];

describe.each(sampled(CHOICES, 0))('%s that a person chose for a server', (_what, step, choose, chosen) => {
  it('is had by one write, once another person has said yes, though the settings name everything', async () => {
    const app = await start({ ...PEOPLE, GUARDIAN_AUTO_REVERSE: 'all' });
    await startReconciliation(app);
    await app.pass(MINUTE);
    const choice = choose(app);
    const headers = await signedIn(app, 'requester');
    const path = `/api/orchestrators/${step}`;
    const wish: HostCall = { method: 'POST', path, body: { resource: FLEXIBLE, ...choice }, headers };
    await app.door(wish, 202);
    await app.pass(10 * MINUTE);
    expect(writes(app)).toEqual([]);
    expect(await approve(app, await askedPlan(app), 'approver')).toMatchObject({ status: 202 });
    await app.pass(10 * MINUTE);

    expect(writes(app)).toEqual([expect.stringMatching(PATCH_OF_SERVER)]);
    expect(chosen(app)).toBe(Object.values(choice)[0]?.replace(/^\/.*/, (id) => id.toLowerCase()));
    expect(serves(app, 'web')).toBe(true);
    expect(linesOf(await ledgerOf(app))).toEqual(expect.arrayContaining([`outcome ${step} done`, 'closed']));
    await app.door(wish, 409);
  });
});

describe('a key or an identity that a person chose', () => {
  it.each(
    sampled(
      [
        ['no key identifier', 'repointConsumer', { resource: FLEXIBLE, newKey: 'cmk' }, 400, 'BadRequest'],
        ['a key without a version', 'repointConsumer', { resource: FLEXIBLE, newKey: KEY }, 400, 'BadRequest'],
        [
          'a vault out of scope',
          'repointConsumer',
          { resource: FLEXIBLE, newKey: `${KEY.replace(VAULT, 'kv-other')}/1` },
          403,
          'OutOfScope',
        ],
        [
          'a version that is not there',
          'repointConsumer',
          { resource: FLEXIBLE, newKey: `${KEY}/${'1'.repeat(32)}` },
          404,
          'NotFound',
        ],
        ['no resource', 'repointConsumer', { key: KEY, newKey: `${KEY}/1` }, 400, 'BadRequest'],
        ['another repair', 'enableKey', { resource: FLEXIBLE, newKey: `${KEY}/1` }, 400, 'BadRequest'],
        ['what is no identity', 'assignIdentity', { resource: FLEXIBLE, identity: SINGLE }, 400, 'BadRequest'],
        [
          'an identity out of scope',
          'assignIdentity',
          {
            resource: FLEXIBLE,
            identity: identity('x').replace(subscriptionId, '00000000-0000-0000-0000-000000000000'),
          },
          403,
          'OutOfScope',
        ],
        [
          'an identity for a single server',
          'assignIdentity',
          { resource: SINGLE, identity: identity('web-identity') },
          400,
          'BadRequest',
        ],
        [
          'the identity that it has',
          'assignIdentity',
          { resource: FLEXIBLE, identity: identity('web-identity') },
          409,
          'NoDrift',
        ],
      ],
      2,
      8,
    ),
  )('is refused where it is %s', async (_what, step, body, status, code) => {
    const app = await start();
    const answer = await repair(app, step, body);
    expect([answer.status, errorCode(answer)]).toEqual([status, code]);
    await app.pass(MINUTE);
    expect(writes(app)).toEqual([]);
    // Nothing was ever entered of the key.
    await expectNoLedger(app);
  });

  repeated('is refused where the key is disabled', async () => {
    const app = await start();
    const newKey = rotate(app);
    app.cloud.world.keyVault.setAttributes(VAULT, 'cmk', keyVersion(app).version, { enabled: false });
    const answer = await repair(app, 'repointConsumer', { resource: FLEXIBLE, newKey });
    expect([answer.status, errorCode(answer)]).toEqual([409, 'KeyDisabled']);
  });

  repeated('is asked, and entered as what it is: a request and no approval', async () => {
    const app = await start();
    const newKey = rotate(app);
    const { status, body } = await repair(app, 'repointConsumer', { resource: FLEXIBLE, newKey });
    expect(status).toBe(202);
    expect(body).toMatchObject({
      verdicts: [{ verdict: 'ask', step: { kind: 'repointConsumer', parameters: { newKid: newKey } } }],
    });
    await app.pass(10 * MINUTE);
    const ledger = await ledgerOf(app);
    expect(linesOf(ledger)).toEqual(expect.arrayContaining(['requested', 'opened', 'asked']));
    expect(ledger.entries.find(({ kind }) => kind === 'requested')?.detail).toMatchObject({
      parameters: { newKid: newKey },
    });
    expect(writes(app)).toEqual([]);
  });
});
