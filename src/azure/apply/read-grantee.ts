import type { ConsumerFacts } from '../../remediation/model/facts.ts';
import { usesOf } from '../consumers/consumer-type.ts';
import type { Estate } from '../consumers/estate.ts';
import type { Target } from './target.ts';

type Grantee = { readonly kind: 'grantee'; readonly facts: ConsumerFacts };
type Blocked = Extract<Target, { kind: 'blocked' }>;

/** The principal that a step would give access, and for which consumer and use. */
export type GranteeQuery = {
  readonly consumerId: string;
  readonly principalId: string;
  /** Tenant id of the vault. */
  readonly tenantId: string;
  /** Whether the consumer uses the key of the step. */
  usesIt(consumer: ConsumerFacts): boolean;
};

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Why this consumer gets no access. A plan may be old, and its principal may now belong to another resource. */
const refusal = (
  { federatedClientId, name, principalId, tenantId }: ConsumerFacts,
  asked: GranteeQuery,
): string | undefined => {
  if (federatedClientId !== undefined) return `${name} uses its key as an application of several tenants`;
  if (principalId.kind !== 'present')
    return principalId.kind === 'unknown' ? principalId.reason : `${name} has no identity`;
  if (!same(principalId.value, asked.principalId))
    return `${name} uses its key as ${principalId.value} now, not as ${asked.principalId}`;
  if (tenantId !== undefined && !same(tenantId, asked.tenantId))
    return `${name} is of the tenant ${tenantId}, its vault of ${asked.tenantId}`;
  return undefined;
};

/** Reads the consumer as it is now: 2 ARM calls for a single server, 1 for others. */
export const readGrantee = async (estate: Estate, asked: GranteeQuery): Promise<Grantee | Blocked> => {
  const reading = await estate.read(asked.consumerId);
  if (reading.kind === 'unknown') return { kind: 'blocked', why: reading.reason };
  if (reading.kind !== 'consumer')
    return { kind: 'blocked', why: `${asked.consumerId} is gone, or has no customer-managed key any more` };
  const uses = usesOf(reading).filter(asked.usesIt);
  const facts = uses.find((use) => refusal(use, asked) === undefined) ?? uses[0];
  if (!facts) {
    const { name, pinned } = reading.facts;
    return { kind: 'blocked', why: `${name} uses another key now: ${pinned.kid}` };
  }
  const why = refusal(facts, asked);
  return why === undefined ? { kind: 'grantee', facts } : { kind: 'blocked', why };
};
