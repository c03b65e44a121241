import { usersOf } from '../../observation/pins.ts';
import { isForeign } from '../../observation/tenant.ts';
import { findingFor, type Rule } from '../rule.ts';

/**
 * The identity of the consumer is in another tenant than the vault, and Key Vault admits only its own tenant. A federated
 * application may cross tenants: the product reports that and never grants it.
 */
export const tenantMismatch: Rule = ({ observation }) => {
  const { vault } = observation;
  if (vault.kind !== 'present') return [];
  const { id: vaultId, tenantId } = vault.value;
  return usersOf(observation)
    .filter((consumer) => isForeign(consumer, vault.value) || consumer.federatedClientId !== undefined)
    .map((consumer) => {
      const { id, name, federatedClientId } = consumer;
      const its = consumer.tenantId ?? 'another tenant';
      return findingFor(federatedClientId === undefined ? [consumer] : [], {
        kind: 'tenantMismatch',
        target: id.toLowerCase(),
        evidence: { tenantId: its, vaultTenantId: tenantId, ...(federatedClientId && { federatedClientId }) },
        rows: ['S2.20', 'S2.21'],
        sentence:
          federatedClientId === undefined
            ? `The identity of ${name} is of the tenant ${its}, and ${vaultId} of ${tenantId}.`
            : `${name} uses ${vaultId} through the application ${federatedClientId} of another tenant: its access is not watched.`,
      });
    });
};
