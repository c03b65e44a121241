import { type Fact, type KeyVersionFacts, present, type VaultFacts } from '../model/facts.ts';
import type { ConsumerKind } from '../model/profiles.ts';
import { passesFirewall } from './trusted-services-pass.ts';

/** Why nothing could be wrapped and unwrapped with this version now; `undefined` where it can be used. */
export const whyUnusable = ({ enabled, expiresOn, kid, notBefore }: KeyVersionFacts, now: Date): string | undefined => {
  if (!enabled) return `${kid} is disabled`;
  if (expiresOn !== undefined && new Date(expiresOn) <= now) return `${kid} expired at ${expiresOn}`;
  return notBefore !== undefined && new Date(notBefore) > now ? `${kid} is not active before ${notBefore}` : undefined;
};

/**
 * Whether a key could be used by a consumer of this kind that has access to it: its vault lets such a consumer pass, its version
 * is there, enabled and within its validity. What could not be read is unknown.
 */
export const keyWorks = (
  vault: Fact<VaultFacts>,
  version: Fact<KeyVersionFacts>,
  kind: ConsumerKind,
  now: Date,
): Fact<boolean> => {
  if (vault.kind === 'unknown') return vault;
  if (vault.kind === 'absent' || version.kind === 'absent') return present(false);
  const passes = passesFirewall(kind, vault.value);
  if (passes.kind !== 'present' || !passes.value) return passes;
  return version.kind === 'unknown' ? version : present(whyUnusable(version.value, now) === undefined);
};

/** Whether one of them works: so it is where one is known to, and unknown where one of the others could not be read. */
export const anyWorks = (facts: readonly Fact<boolean>[]): Fact<boolean> => {
  if (facts.some((fact) => fact.kind === 'present' && fact.value)) return present(true);
  return facts.find((fact) => fact.kind === 'unknown') ?? present(false);
};
