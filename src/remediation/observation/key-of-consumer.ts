import type { ConsumerFacts, KeyObservation } from '../model/facts.ts';
import type { Known } from '../model/known.ts';
import { type KeyMaterial, materialFor } from './material.ts';
import { type VaultIdentity, vaultIdentity } from './vault-identity.ts';

/**
 * The key of a consumer as the parameters of a step: the vault, the key identifier in the consumer, and the SHA-256 of the public
 * part of the version that it uses.
 */
export const keyOfConsumer = (
  consumer: ConsumerFacts,
  { observation, known }: { readonly observation: KeyObservation; readonly known: Known },
): VaultIdentity & KeyMaterial & { readonly kid: string } => ({
  ...vaultIdentity(observation, known),
  ...materialFor(consumer, { observation, known }),
  kid: consumer.pinned.kid,
});
