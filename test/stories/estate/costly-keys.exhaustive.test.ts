import { describe, expect, it } from 'vitest';
import type { LoggedRequest } from '../../../local/cloud/request-log.ts';
import { type App, MINUTE, startApp } from '../../builders/app.ts';
import { productObjectId } from '../../builders/key-loss.ts';
import { WAYS, type Way } from '../../builders/ways.ts';

/** Microsoft Learn, Key Vault service limits: reads in ten seconds of a vault's 4096-bit keys in an HSM. */
const ALLOWED = 250;
const WINDOW = 10_000;
const KEYS = 270;
const VAULT = 'kv-hsm';

const names = Array.from({ length: KEYS }, (_, n) => `costly-${n}`);

/** More of the most costly keys in one vault than it allows to be read at once, each of a server, and three workers. */
const estate = (way: Way): Promise<App> =>
  startApp({
    wake: 'probe',
    workers: 3,
    switches: { keyCheckSeconds: 86_400 },
    settings: { GUARDIAN_MODE: 'observe', GUARDIAN_LOOK: way },
    world: {
      vaults: [
        {
          name: VAULT,
          permissions: 'accessPolicies',
          keys: names.map((name) => ({ name, type: 'RSA-HSM', size: 4096 })),
        },
      ],
      servers: names.map((name) => ({ name, generation: 'flexible', vault: VAULT, key: name })),
    },
  });

/** Reads of keys: a list is not of their quota. */
const asked = (app: App): readonly LoggedRequest[] =>
  app.cloud.requests
    .list({ caller: productObjectId(app) })
    .filter(({ url }) => url.startsWith(`https://${VAULT}.vault.azure.net/keys/`));

/** The most reads of keys within any ten seconds. */
const busiest = (requests: readonly LoggedRequest[]): number => {
  const instants = requests.map(({ at }) => Date.parse(at));
  return Math.max(...instants.map((from) => instants.filter((at) => at >= from && at < from + WINDOW).length));
};

describe('keys of which a vault allows few reads', () => {
  it.each(WAYS)(
    'are read by all workers together with a quarter of those, from their first sweep on (%s)',
    async (way) => {
      const app = await estate(way);
      await app.pass(20 * MINUTE);
      const requests = asked(app);
      expect(new Set(requests.map(({ url }) => new URL(url).pathname.split('/')[2])).size).toBe(KEYS);
      expect(requests.filter(({ status }) => status === 429)).toEqual([]);
      expect(busiest(requests)).toBeLessThanOrEqual(ALLOWED / 4);
    },
  );
});
