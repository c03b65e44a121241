import { describe, expect, it } from 'vitest';
import type { WorldPlan } from '../../../local/cloud/worlds/build-world.ts';
import { type App, MINUTE, startApp } from '../../builders/app.ts';
import { DAY } from '../../builders/durations.ts';
import { ledgerOf, VAULT } from '../../builders/incident.ts';
import { sampled } from '../../run/exhaustive.ts';
import { lastRequest, lookedSince, readsSince } from './probe-story.ts';

const KEYS = Array.from({ length: 12 }, (_, n) => `cmk-${n}`);

const SHARED: WorldPlan = {
  vaults: [{ name: VAULT, permissions: 'accessPolicies', keys: KEYS.map((name) => ({ name })) }],
  servers: KEYS.map((key) => ({ name: `on-${key}`, generation: 'flexible', vault: VAULT, key })),
};

const callsOfVault = (app: App, since: number): readonly string[] =>
  readsSince(app, since)
    .map(({ url }) => new URL(url))
    .filter(({ host }) => host.startsWith(`${VAULT}.`))
    .map(({ pathname }) => pathname.split('/').slice(1, 3).join('/'));

const kindsOf = async (app: App, name: string): Promise<readonly string[]> => {
  const { entries } = await ledgerOf(app, `https://${VAULT}.vault.azure.net/keys/${name}`);
  return entries.map(({ kind }) => kind);
};

/** The one list that a sweep takes of the vault. A sweep by single reads takes none, and reads every key. */
const LISTS = [
  ['dataPlaneList', { pages: 1 }],
  ['resourceManagerList', { listsOfManager: 1 }],
  ['auto', { listsOfManager: 1 }],
] as const;

describe('a sweep by lists, where there is no probe', () => {
  it.each(sampled(LISTS, 0))(
    'finds a key that was disabled, one that was deleted and one that has expired, and reads no other of that vault (%s)',
    async (way, list) => {
      const settings = { GUARDIAN_LOOK: way, GUARDIAN_MODE: 'observe' };
      const app = await startApp({ world: SHARED, wake: 'sweep', settings });
      await app.pass(11 * MINUTE);
      const before = lastRequest(app);
      await app.pass(5 * MINUTE);
      const { otherOfManager: _consumers, reads, ...lists } = lookedSince(app, before);
      expect(lists).toEqual({ pages: 0, listsOfManager: 0, ...list });
      expect(reads).toBeLessThan(5);
      const { keyVault } = app.cloud.world;
      keyVault.setAttributes(VAULT, 'cmk-3', undefined, { enabled: false });
      keyVault.deleteKey(VAULT, 'cmk-5');
      keyVault.setAttributes(VAULT, 'cmk-7', undefined, { exp: Math.floor((app.clock.now() - DAY) / 1_000) });
      const lostAt = lastRequest(app);
      await app.pass(5 * MINUTE);
      const opened = await Promise.all(
        KEYS.map(async (name) => ((await kindsOf(app, name)).includes('opened') ? name : [])),
      );
      expect(opened.flat()).toEqual(['cmk-3', 'cmk-5', 'cmk-7']);
      const read = new Set(callsOfVault(app, lostAt).filter((call) => call.startsWith('keys/')));
      expect(read.size).toBeLessThan(3 + 6);
    },
  );
});
