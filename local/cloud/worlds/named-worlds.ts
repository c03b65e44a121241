import { z } from 'zod';
import type { FullWorld } from '../create-world.ts';
import { buildWorld, type WorldPlan } from './build-world.ts';

/** A world that can be loaded by name. `plan` throws a ZodError when the input is wrong. */
export type NamedWorld = {
  title: string;
  parameters: Record<string, string>;
  plan(input: Record<string, unknown>): WorldPlan;
};

const model = z.enum(['accessPolicies', 'roles']).default('accessPolicies');
const days = z.number().positive().default(365);
const single = z.object({ permissions: model, expiresInDays: days });
const estate = z.object({
  servers: z.int().min(1).max(20_000).default(10),
  keys: z.int().min(1).max(2_000).default(5),
  sets: z.int().min(0).max(5_000).default(0),
  permissions: model,
  expiresInDays: days,
});

const parameters = {
  'permissions?': "permission model of the vaults: 'accessPolicies' (default) or 'roles'",
  'expiresInDays?': 'days from now until the keys expire; 365 when left out',
};

const oneServer =
  (generation: 'single' | 'flexible'): NamedWorld['plan'] =>
  (input) => {
    const { permissions, expiresInDays } = single.parse(input);
    return {
      vaults: [{ name: 'kv-orders', permissions, keys: [{ name: 'cmk', expiresInDays }] }],
      servers: [{ name: 'orders', generation, vault: 'kv-orders', key: 'cmk' }],
    };
  };

export const namedWorlds: Record<string, NamedWorld> = {
  empty: { title: 'The subscription, the product and the people; nothing to heal', parameters: {}, plan: () => ({}) },
  undeployed: {
    title: 'The subscription and the people, before the product is deployed',
    parameters: {},
    plan: () => ({ product: 'missing' }),
  },
  'mysql-single': {
    title: 'A single server and the vault that is dedicated to its key',
    parameters,
    plan: oneServer('single'),
  },
  'mysql-flexible': {
    title: 'A flexible server and the vault that is dedicated to its key',
    parameters,
    plan: oneServer('flexible'),
  },
  shop: {
    title: 'A single and a flexible server, each with the vault that is dedicated to its key',
    parameters,
    plan: (input) => shopPlan(single.parse(input)),
  },
  'two-versions': {
    title: 'A single server that pins version 1 of its key, while version 2 is the current one',
    parameters,
    plan: (input) => {
      const { permissions, expiresInDays } = single.parse(input);
      return {
        vaults: [{ name: 'kv-orders', permissions, keys: [{ name: 'cmk', versions: 2, expiresInDays }] }],
        servers: [{ name: 'orders', generation: 'single', vault: 'kv-orders', key: 'cmk', version: 1 }],
      };
    },
  },
  des: {
    title: 'A disk encryption set with two virtual machines, and the vault that is dedicated to its key',
    parameters,
    plan: (input) => disksPlan(single.parse(input)),
  },
  aks: {
    title: 'A Kubernetes cluster whose nodes use a disk encryption set, one pool of it does not',
    parameters,
    plan: (input) => ({
      ...disksPlan(single.parse(input)),
      clusters: [{ name: 'shop', set: 'disks', pools: [{ name: 'system' }, { name: 'old', encrypted: false }] }],
    }),
  },
  estate: {
    title: 'Many servers of both generations, and disk encryption sets, each key in a vault of its own',
    parameters: {
      ...parameters,
      'servers?': 'how many servers; 10 when left out',
      'keys?': 'how many keys; 5 when left out',
      'sets?': 'how many disk encryption sets with a virtual machine each; none when left out',
    },
    plan: (input) => estatePlan(estate.parse(input)),
  },
};

const shopPlan = ({ permissions, expiresInDays }: z.infer<typeof single>): WorldPlan => ({
  vaults: [
    { name: 'kv-orders', permissions, keys: [{ name: 'cmk', expiresInDays }] },
    { name: 'kv-web', permissions, keys: [{ name: 'web-cmk', expiresInDays }] },
  ],
  servers: [
    { name: 'orders', generation: 'single', vault: 'kv-orders', key: 'cmk' },
    { name: 'web', generation: 'flexible', vault: 'kv-web', key: 'web-cmk' },
  ],
});

const disksPlan = ({ permissions, expiresInDays }: z.infer<typeof single>): WorldPlan => ({
  vaults: [{ name: 'kv-disks', permissions, keys: [{ name: 'cmk', expiresInDays }] }],
  sets: [{ name: 'disks', vault: 'kv-disks', key: 'cmk', machines: 2 }],
});

const estatePlan = ({ servers, keys, sets, permissions, expiresInDays }: z.infer<typeof estate>): WorldPlan => ({
  vaults: Array.from({ length: keys }, (_, i) => ({
    name: `kv-estate-${i + 1}`,
    permissions,
    keys: [{ name: 'cmk', expiresInDays }],
  })),
  servers: Array.from({ length: servers }, (_, i) => ({
    name: `server-${i + 1}`,
    generation: i % 2 === 0 ? ('single' as const) : ('flexible' as const),
    vault: `kv-estate-${(i % keys) + 1}`,
    key: 'cmk',
  })),
  sets: Array.from({ length: sets }, (_, i) => ({
    name: `set-${i + 1}`,
    vault: `kv-estate-${(i % keys) + 1}`,
    key: 'cmk',
    machines: 1,
  })),
});

/** Fills an empty world. */
export const fillWorld = (world: FullWorld, name: string, input: Record<string, unknown> = {}): void => {
  const named = namedWorlds[name];
  if (!named) throw new Error(`There is no world '${name}'; the worlds are: ${Object.keys(namedWorlds).join(', ')}.`);
  buildWorld(world, named.plan(input));
};
