import { AzureError } from '../arm/error.ts';
import type { World } from '../service.ts';
import type { Key } from './key.ts';
import type { KeyAction } from './key-actions.ts';
import type { Vault } from './vault.ts';

/**
 * Requests on keys per vault in ten seconds, counted as operations on 2048-bit keys (Microsoft Learn, Key Vault service
 * limits): 1000 operations on 3072-bit software keys are as many as 4000 on 2048-bit ones. A subscription has five times
 * as much in a region.
 */
const LIMITS = { 'RSA create': 20, 'RSA-HSM create': 10, 'RSA other': 4000, 'RSA-HSM other': 2000 } as const;
const WEIGHTS = { 2048: 1, 3072: 4, 4096: 8 } as const;
const SUBSCRIPTION_FACTOR = 5;
const WINDOW = 10_000;

const CREATES: KeyAction[] = ['create', 'rotate'];

type Kind = keyof typeof LIMITS;
type Window = { since: number; spent: number };

/** Takes a request off the quotas of its vault and subscription, or throws 429 with the seconds until there is more. */
export type Quotas = { spend(vault: Vault, action: KeyAction, key: Key | undefined): void };

/**
 * The cost of a request and the quota from which it is taken: a request without a key, or with an unknown key, is the cheapest.
 * Operations on a key of P-256 are limited as those on an RSA key of 2048 bits.
 */
const costOf = (action: KeyAction, key: Key | undefined): { kind: Kind; weight: number } => {
  const { kty: type = 'RSA', keySize = 2048 } = key?.versions.at(-1) ?? {};
  const kty = type === 'EC' ? 'RSA' : type;
  return CREATES.includes(action)
    ? { kind: `${kty} create`, weight: 1 }
    : { kind: `${kty} other`, weight: WEIGHTS[keySize] };
};

const throttled = (reason: string, seconds: number) =>
  new AzureError(
    429,
    'Throttled',
    `Request was not processed because too many requests were received. Reason: ${reason}`,
    { headers: { 'retry-after': String(seconds) } },
  );

/** Windows of ten seconds begin with their first request. A refused request costs nothing. */
export const createQuotas = ({ clock, switches }: World): Quotas => {
  const windows = new Map<string, Window>();
  const windowOf = (name: string): Window => {
    const now = clock.now();
    const known = windows.get(name);
    if (known && now < known.since + WINDOW) return known;
    const fresh = { since: now, spent: 0 };
    windows.set(name, fresh);
    return fresh;
  };
  return {
    spend: (vault, action, key) => {
      const { kind, weight } = costOf(action, key);
      const limit = LIMITS[kind] * (switches.vaultQuotaScale ?? 1);
      const own = windowOf(`${vault.id} ${kind}`.toLowerCase());
      const shared = windowOf(`${vault.id.split('/')[2]} ${vault.location} ${kind}`.toLowerCase());
      const check = (window: Window, most: number, reason: string) => {
        if (window.spent + weight <= most) return;
        throw throttled(reason, Math.max(1, Math.ceil((window.since + WINDOW - clock.now()) / 1000)));
      };
      check(own, limit, 'VaultRequestTypeLimitReached');
      check(shared, limit * SUBSCRIPTION_FACTOR, 'SubscriptionRequestTypeLimitReached');
      own.spent += weight;
      shared.spent += weight;
    },
  };
};
