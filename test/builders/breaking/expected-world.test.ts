import { beforeEach, describe, expect, it } from 'vitest';
import type { FullWorld } from '../../../local/cloud/create-world.ts';
import { buildWorld } from '../../../local/cloud/worlds/build-world.ts';
import { aCloud } from '../../local/cloud/sdk.ts';
import { DAY } from '../app.ts';
import { differences } from '../world/differences.ts';
import { worldState } from '../world/world-state.ts';
import { breakLinks } from './break-link.ts';
import { expectedWorld } from './expected-world.ts';
import { theServer } from './find-subject.ts';
import { KEY_NAME, type Subject, subjectsOf, worldOf } from './subjects.ts';

const SECONDS_A_DAY = 86_400;
const [EXPIRED, ANONYMOUS] = subjectsOf('single', 'accessPolicies', [['keyExpired'], ['identityRemoved']]) as [
  Subject,
  Subject,
];

const extend = (world: FullWorld, days: number): void => {
  const exp = Math.floor(world.clock.now() / 1_000) + days * SECONDS_A_DAY;
  world.keyVault.setAttributes(EXPIRED.vault, KEY_NAME, undefined, { exp });
};

const giveIdentity = (world: FullWorld, keys: string[]): void => {
  const server = theServer(world, ANONYMOUS.name);
  if (server.generation !== 'single') return;
  const { objectId, tenantId } = world.entra.createSystemIdentity(server.id);
  server.identity = { principalId: objectId, tenantId };
  world.keyVault.changePolicies(ANONYMOUS.vault, 'add', [{ tenantId, objectId, permissions: { keys } }]);
};

describe('the world as it must be when it is healed', () => {
  let world: FullWorld;
  let left: () => readonly string[];
  beforeEach(async () => {
    ({ world } = await aCloud());
    buildWorld(world, worldOf([EXPIRED, ANONYMOUS]));
    const before = worldState(world);
    const brokenAt = world.clock.now();
    for (const subject of [EXPIRED, ANONYMOUS]) breakLinks(world, subject);
    const broken = worldState(world);
    left = () => {
      const after = worldState(world);
      return differences(
        expectedWorld({ before, broken, after, brokenAt, now: brokenAt + DAY }, [EXPIRED, ANONYMOUS]),
        after,
      );
    };
  });

  it('is a key that is valid for a year, and a new principal with exactly its own grant', () => {
    extend(world, 365);
    giveIdentity(world, ['get', 'wrapKey', 'unwrapKey']);
    expect(left()).toEqual([]);
  });

  it('is not what it is when it is broken', () => {
    expect(left()).toEqual(expect.arrayContaining([expect.stringMatching(/exp: /), expect.stringMatching(/identity/)]));
  });

  it.each([[30], [3_650]])('is not a key that is valid for %i days', (days) => {
    extend(world, days);
    giveIdentity(world, ['get', 'wrapKey', 'unwrapKey']);
    expect(left()).toEqual([expect.stringMatching(/exp: "a year from its repair" → /)]);
  });

  it.each([[['get', 'unwrapKey']], [['get', 'unwrapKey', 'wrapKey', 'list']]])(
    'is not a new principal that may %j',
    (keys) => {
      extend(world, 365);
      giveIdentity(world, keys);
      expect(left()).toEqual([expect.stringMatching(/accessPolicies › .* › keys: /)]);
    },
  );
});
