import { guid } from '../../local/cloud/draw.ts';
import type { WorldPlan } from '../../local/cloud/worlds/build-world.ts';
import { subscriptionId } from '../../local/cloud/worlds/product.ts';
import { type Shape, vaultsIn } from './shape.ts';

/** An access policy is an entry of its vault, which holds 1,024 at most; a subscription holds 4,000 role assignments. */
export const KEYS_A_VAULT = 200;
/** One vault in so many grants by roles. */
const ROLES_EVERY = 5;

/** Names of the vault and of the key with this number. */
export const vaultOf = (n: number, keysAVault = KEYS_A_VAULT): string => `kv-scale-${Math.floor(n / keysAVault) + 1}`;

export const keyName = (n: number): string => `cmk-${n}`;

const numberOf = (vault: string): number => Number(vault.split('-').at(-1));

/** Ids of the subscriptions of an estate; the first of them is the product's own. */
export const subscriptionsOf = ({ subscriptions }: Shape): readonly string[] =>
  Array.from({ length: subscriptions }, (_, n) => (n === 0 ? subscriptionId : guid('subscription', `scale-${n}`)));

/** The subscription of the vault of this name: neighbours are in the same subscription. */
export const subscriptionIn = (shape: Shape): ((vault: string) => string) => {
  const ids = subscriptionsOf(shape);
  return (vault) => ids[Math.floor(((numberOf(vault) - 1) * shape.subscriptions) / vaultsIn(shape))] ?? '';
};

/** So many keys. Each is used by a server in its vault's subscription, half of them of either generation. */
export const bigEstate = (shape: Shape): WorldPlan => {
  const numbers = Array.from({ length: shape.keys }, (_, n) => n);
  const subscription = subscriptionIn(shape);
  const vault = (n: number): string => vaultOf(n, shape.keysAVault);
  const byVault = [...Map.groupBy(numbers, vault)];
  return {
    vaults: byVault.map(([name, own], at) => ({
      name,
      subscription: subscription(name),
      permissions: at % ROLES_EVERY === 0 ? 'roles' : 'accessPolicies',
      keys: own.map((n) => ({ name: keyName(n) })),
    })),
    servers: numbers.map((n) => ({
      name: `server-${n}`,
      subscription: subscription(vault(n)),
      generation: n % 2 === 0 ? 'single' : 'flexible',
      vault: vault(n),
      key: keyName(n),
    })),
  };
};

/** One vault in so many has the most costly keys; the first of them is the sixth vault. */
const COSTLY_EVERY = 20;
const FIRST_COSTLY = 6;

const isCostly = (vault: string): boolean => numberOf(vault) % COSTLY_EVERY === FIRST_COSTLY;

/**
 * The cost of a read of a key in this vault, in reads of a 2048-bit software key: a vault allows 250 reads of the most costly
 * keys in ten seconds.
 */
export const costIn = (vault: string): number => (isCostly(vault) ? 16 : 1);

/** The same estate, except that every twentieth vault has 4096-bit keys in an HSM, which no single server can use. */
export const withCostlyKeys = ({ servers = [], vaults = [], ...others }: WorldPlan): WorldPlan => ({
  ...others,
  vaults: vaults.map((one) =>
    isCostly(one.name) ? { ...one, keys: one.keys.map((key) => ({ ...key, type: 'RSA-HSM', size: 4096 })) } : one,
  ),
  servers: servers.map((one) => (isCostly(one.vault) ? { ...one, generation: 'flexible' } : one)),
});
