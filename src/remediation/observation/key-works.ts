import { type Fact, type KeyVersionFacts, present, type VaultFacts } from '../model/facts.ts';
import type { ConsumerKind } from '../model/profiles.ts';
import { passesFirewall } from './trusted-services-pass.ts';

/** Why Key Vault would refuse to wrap or unwrap with this version now; `undefined` where it would not. */
export const whyUnusable = ({ enabled, expiresOn, kid, notBefore }: KeyVersionFacts, now: Date): string | undefined => {
  if (!enabled) return `${kid} is disabled`;
  if (expiresOn !== undefined && new Date(expiresOn) <= now) return `${kid} expired at ${expiresOn}`;
  return notBefore !== undefined && new Date(notBefore) > now ? `${kid} is not active before ${notBefore}` : undefined;
};

/**
 * Whether a consumer of this kind with access could use a key: the vault lets such a consumer pass, the version exists, is
 * enabled and is within its validity. `unknown` where a fact could not be read.
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

/** Whether any of these keys works: yes where one is known to work, else unknown where one could not be read. */
export const anyWorks = (facts: readonly Fact<boolean>[]): Fact<boolean> => {
  if (facts.some((fact) => fact.kind === 'present' && fact.value)) return present(true);
  return facts.find((fact) => fact.kind === 'unknown') ?? present(false);
};
