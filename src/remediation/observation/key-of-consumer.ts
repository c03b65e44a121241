import type { ConsumerFacts, KeyObservation } from '../model/facts.ts';
import type { Known } from '../model/known.ts';
import { type KeyMaterial, materialFor } from './material.ts';
import { type VaultIdentity, vaultIdentity } from './vault-identity.ts';

/** The key of a consumer as a step names it: the vault, how the consumer names the key, and the material of what it uses. */
export const keyOfConsumer = (
  consumer: ConsumerFacts,
  { observation, known }: { readonly observation: KeyObservation; readonly known: Known },
): VaultIdentity & KeyMaterial & { readonly kid: string } => ({
  ...vaultIdentity(observation, known),
  ...materialFor(consumer, { observation, known }),
  kid: consumer.pinned.kid,
});
