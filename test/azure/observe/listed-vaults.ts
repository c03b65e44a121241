/** Vaults with many keys, looked at by lists. */
import type { WorldPlan } from '../../../local/cloud/worlds/build-world.ts';
import type { Probe, ProbeRequest } from '../../../src/azure/observe/probe.ts';
import type { KeyVersionFacts } from '../../../src/remediation/model/facts.ts';
import { type Stage, type StageOptions, stage } from '../product.ts';

export const MINUTE = 60_000;
export const VAULT = 'kv-a';

const numbered = (count: number, begin: string): readonly string[] =>
  Array.from({ length: count }, (_, n) => `${begin}-${n}`);

/** So many keys that servers use, among so many unused keys: every third unused key belongs to a certificate. */
export const manyKeys = (used: number, others = 0): WorldPlan => ({
  vaults: [
    {
      name: VAULT,
      permissions: 'accessPolicies',
      keeps: 'what is deleted',
      keys: [
        ...numbered(others, 'other').map((name, at) => ({ name, ...(at % 3 === 2 && { managed: true as const }) })),
        ...numbered(used, 'cmk').map((name) => ({ name })),
      ],
    },
  ],
  servers: numbered(used, 'cmk').map((key) => ({ name: `on-${key}`, generation: 'flexible', vault: VAULT, key })),
});

/** The same, but so many of the keys have two versions of the same second, and servers use one of the two. */
export const ofTwins = ({ vaults = [], servers = [] }: WorldPlan, count: number): WorldPlan => {
  const twins = servers.slice(0, count);
  const isTwin = (name: string): boolean => twins.some(({ key }) => key === name);
  return {
    vaults: vaults.map((vault) => ({
      ...vault,
      keys: vault.keys.map((key) => (isTwin(key.name) ? { ...key, versions: 2 } : key)),
    })),
    servers: [...twins.map((server, at) => ({ ...server, version: (at % 2) + 1 })), ...servers.slice(count)],
  };
};

export type Watched = { readonly set: Stage; readonly keys: readonly ProbeRequest[] };

/** The keys are unchanged for an hour, and this process has read each of them. */
export const watched = async (plan: WorldPlan, options: StageOptions): Promise<Watched> => {
  const set = await stage(plan, { ...options, switches: { keyCheckSeconds: 86_400, ...options.switches } });
  await set.advance(60 * MINUTE);
  const { keys } = await set.call('listConsumers');
  await set.call('probeKeysByLists', keys);
  await set.advance(MINUTE);
  set.requests();
  return { set, keys };
};

/** How many requests went to `list` and `key` of the vault, and to Resource Manager, since the last look. */
export const countedSince = ({ set }: Watched) => {
  const lines = set.requests();
  const count = (pattern: RegExp): number => lines.filter((line) => pattern.test(line)).length;
  return {
    pages: count(/azure\.net\/keys \d/),
    reads: count(/azure\.net\/keys\/[^ ]/),
    listsOfManager: count(/\/vaults\/[^/]+\/keys \d/i),
  };
};

/**
 * The observed facts of the versions of each key, by its name, without the times of the looks. The verdict on a key follows from
 * these and the time alone.
 */
export const seenOf = ({ observations }: Pick<Probe, 'observations'>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    observations.map(({ key, versions, loss, vaultLoss }) => [
      key.name,
      { versions, loss, vaultLoss: vaultLoss?.kind },
    ]),
  );

export const factsOf = ({ observations }: Probe, name: string): KeyVersionFacts | undefined => {
  const seen = observations.find(({ key }) => key.name === name);
  const [fact] = Object.values(seen?.versions ?? {});
  return fact?.kind === 'present' ? fact.value : undefined;
};
