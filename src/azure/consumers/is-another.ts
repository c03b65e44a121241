import type { ConsumerIdentity } from '../../remediation/model/consumer-identity.ts';
import type { ConsumerFacts } from '../../remediation/model/facts.ts';

/**
 * Whether a consumer uses its key with an identity other than this one. A consumer that states no identity uses no
 * other.
 */
export const isAnother = ({ identity }: ConsumerFacts, wanted: ConsumerIdentity): boolean => {
  if (identity === undefined) return false;
  if (identity.kind === 'system' || wanted.kind === 'system') return identity.kind !== wanted.kind;
  return identity.id.toLowerCase() !== wanted.id.toLowerCase();
};
