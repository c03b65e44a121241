/** The ways in which the probe may look at vaults (GUARDIAN_LOOK), and worlds in which each way saves calls. */
import type { ServerPlan, VaultPlan, WorldPlan } from '../../local/cloud/worlds/build-world.ts';

export const WAYS = ['single', 'dataPlaneList', 'resourceManagerList', 'auto'] as const;
export type Way = (typeof WAYS)[number];

/** A list takes fewer calls than reads of these alone, also while another key of the vault has a fault. */
const NEIGHBOURS = ['neighbour-1', 'neighbour-2'];

const onNeighbours = ({ name: vault, subscription, group, location }: VaultPlan): ServerPlan[] =>
  NEIGHBOURS.map((key) => ({
    name: `${vault}-${key}`,
    generation: 'flexible',
    vault,
    key,
    ...(subscription !== undefined && { subscription }),
    ...(group !== undefined && { group }),
    ...(location !== undefined && { location }),
  }));

/** In every vault two keys more, each with a server of its own. */
export const withNeighbours = ({ vaults = [], servers = [], ...plan }: WorldPlan): WorldPlan => ({
  ...plan,
  vaults: vaults.map((vault) => ({ ...vault, keys: [...vault.keys, ...NEIGHBOURS.map((name) => ({ name }))] })),
  servers: [...servers, ...vaults.flatMap(onNeighbours)],
});

export type Looked = {
  readonly pages: number;
  readonly reads: number;
  readonly listsOfManager: number;
  readonly otherOfManager: number;
};

const kindOf = (request: string): keyof Looked => {
  const { host, pathname } = new URL(request);
  const isList = pathname.endsWith('/keys');
  if (host.startsWith('management.')) return isList ? 'listsOfManager' : 'otherOfManager';
  return isList ? 'pages' : 'reads';
};

/**
 * The number of these requests (URLs) to lists and to keys of vaults, to Resource Manager's lists of keys, and to its other
 * routes.
 */
export const lookedBy = (requests: readonly string[]): Looked => {
  const looked = { pages: 0, reads: 0, listsOfManager: 0, otherOfManager: 0 };
  for (const request of requests) looked[kindOf(request)] += 1;
  return looked;
};

/** Whether these are the requests of this way for unchanged keys: by lists it reads no key. */
export const isThisWay = (way: Way, { pages, reads, listsOfManager }: Looked): boolean => {
  if (way === 'single') return reads > 0 && pages + listsOfManager === 0;
  if (way === 'dataPlaneList') return pages > 0 && listsOfManager + reads === 0;
  return listsOfManager > 0 && pages + reads === 0;
};
