import type { ConsumerFacts, VaultFacts } from '../model/facts.ts';

/** Whether the identity of a consumer states another tenant than that of the vault. */
export const isForeign = (
  { tenantId, federatedClientId }: Pick<ConsumerFacts, 'tenantId' | 'federatedClientId'>,
  vault: Pick<VaultFacts, 'tenantId'>,
): boolean =>
  federatedClientId === undefined && tenantId !== undefined && tenantId.toLowerCase() !== vault.tenantId.toLowerCase();
