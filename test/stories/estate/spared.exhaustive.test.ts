import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AzureError } from '../../../local/cloud/arm/error.ts';
import type { WorldPlan } from '../../../local/cloud/worlds/build-world.ts';
import { type App, DAY, MINUTE, SECOND, startApp } from '../../builders/app.ts';
import { ledgerOf, VAULT } from '../../builders/incident.ts';
import type { Way } from '../../builders/ways.ts';

const KEYS = Array.from({ length: 8 }, (_, n) => `cmk-${n}`);
const NEAR_DAYS = 30;

/** Each second key comes near its expiry by itself, at a minute of its own. */
const daysOf = (n: number): number => (n % 2 === 0 ? 90 : NEAR_DAYS + ((8 + 4 * n) * MINUTE) / DAY);

const world = (): WorldPlan => ({
  vaults: [
    {
      name: VAULT,
      permissions: 'accessPolicies',
      keys: KEYS.map((name, n) => ({ name, expiresInDays: daysOf(n) })),
    },
  ],
  servers: KEYS.map((key, n) => ({
    name: `on-${key}`,
    generation: n % 3 === 0 ? ('single' as const) : ('flexible' as const),
    vault: VAULT,
    key,
  })),
});

const idOf = (key: string): string => `https://${VAULT}.vault.azure.net/keys/${key}`;

type Does = (app: App, key: string) => unknown;

type Attributes = { readonly enabled?: boolean; readonly exp?: number; readonly nbf?: number };

/** Sets attributes of the version in use; times in ms from now. */
const sets =
  ({ enabled, exp, nbf }: Attributes): Does =>
  ({ clock, cloud }, key) => {
    const { keyVault } = cloud.world;
    const at = (ms: number): number => Math.floor((clock.now() + ms) / 1_000);
    return keyVault.setAttributes(VAULT, key, keyVault.key(VAULT, key)?.versions[0]?.version, {
      ...(enabled !== undefined && { enabled }),
      ...(exp !== undefined && { exp: at(exp) }),
      ...(nbf !== undefined && { nbf: at(nbf) }),
    });
  };

const SOON = 5 * MINUTE;

/** What may become of a key, and what may be asked of the product meanwhile. */
const ACTS: Readonly<Record<string, Does>> = {
  nothing: () => undefined,
  disables: sets({ enabled: false }),
  enables: sets({ enabled: true }),
  ends: sets({ exp: -MINUTE }),
  'lets end soon': sets({ exp: SOON }),
  'lets come near its end soon': sets({ exp: NEAR_DAYS * DAY + SOON }),
  prolongs: sets({ exp: 200 * DAY }),
  postpones: sets({ nbf: DAY }),
  'lets begin soon': sets({ nbf: SOON }),
  begins: sets({ nbf: -DAY }),
  deletes: ({ cloud }, key) => cloud.world.keyVault.deleteKey(VAULT, key),
  'gives back': ({ cloud }, key) => cloud.world.keyVault.recoverKey(VAULT, key),
  rotates: ({ cloud }, key) => cloud.world.keyVault.rotateKey(VAULT, key),
  'asks about': (app, key) => app.door({ method: 'POST', path: '/api/reconciliations', body: { key: idOf(key) } }, 202),
};

/** An act that Azure refuses, such as a change of a deleted key, is none. */
const unlessRefused = async (act: () => unknown): Promise<void> => {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof AzureError)) throw error;
  }
};

type Act = { readonly key: string; readonly act: string; readonly second: number };

const ROUNDS = 4;
const BEGIN = 7 * MINUTE;
/** Two probes have seen what one round did, and what came of it soon after, before the next. */
const APART = 8 * MINUTE;

const anAct = (key: string): fc.Arbitrary<Act> =>
  fc.record({ key: fc.constant(key), act: fc.constantFrom(...Object.keys(ACTS)), second: fc.nat({ max: 59 }) });

const someRounds: fc.Arbitrary<readonly (readonly Act[])[]> = fc.array(fc.tuple(...KEYS.map(anAct)), {
  minLength: ROUNDS,
  maxLength: ROUNDS,
});

/** An entry in the ledger of a key, in seconds since the start. */
type Told = { readonly kind: string; readonly second: number };

const toldOf = async (app: App, key: string): Promise<readonly Told[]> => {
  const { entries } = await ledgerOf(app, idOf(key));
  return entries.map(({ at, kind }) => ({ kind, second: (Date.parse(at) - app.startedAt) / SECOND }));
};

/** A product that repairs nothing, with the probe alone after one sweep. */
const play = async (look: Way, workers: number, rounds: readonly (readonly Act[])[]) => {
  const settings = { GUARDIAN_MODE: 'observe', GUARDIAN_LOOK: look, GUARDIAN_FUSE_ROOT_CAUSES: '9999' };
  const app = await startApp({ world: world(), wake: 'probe', workers, settings });
  for (const [round, acts] of rounds.entries())
    for (const { act, key, second } of acts.toSorted((a, b) => a.second - b.second)) {
      await app.clock.advanceTo(app.startedAt + BEGIN + round * APART + second * SECOND + 500);
      await unlessRefused(() => ACTS[act]?.(app, key));
    }
  await app.clock.advanceTo(app.startedAt + BEGIN + ROUNDS * APART + 3 * MINUTE);
  const told = new Map<string, readonly Told[]>();
  for (const key of KEYS) told.set(key, await toldOf(app, key));
  await app.close();
  return told;
};

/** One probe, and the seconds that it takes. */
const TOLERANCE_S = 75;

const isAlike = (some: readonly Told[], others: readonly Told[]): boolean =>
  some.length === others.length &&
  some.every(
    ({ kind, second }, at) =>
      kind === others[at]?.kind && Math.abs(second - (others[at]?.second ?? Number.NaN)) <= TOLERANCE_S,
  );

describe('Keys whose probe is spared', () => {
  it.each([
    ['dataPlaneList', 1, 11],
    ['resourceManagerList', 1, 14],
    ['auto', 3, 24],
    ['dataPlaneList', 3, 121],
  ] as const)(
    'have the same incidents as keys that are read each time, within a minute: by %s, with %i workers (seed %i)',
    async (way, workers, seed) => {
      const [rounds = []] = fc.sample(someRounds, { numRuns: 1, seed });
      const read = await play('single', 1, rounds);
      const spared = await play(way, workers, rounds);
      const differing = KEYS.flatMap((key) => {
        const [each, some] = [read.get(key) ?? [], spared.get(key) ?? []];
        const acts = rounds.flat().filter((one) => one.key === key);
        return isAlike(each, some) ? [] : [{ key, acts, each, some }];
      });
      expect(differing).toEqual([]);
      expect([...read.values()].flat().filter(({ kind }) => kind === 'seen').length).toBeGreaterThanOrEqual(
        KEYS.length,
      );
    },
  );
});
