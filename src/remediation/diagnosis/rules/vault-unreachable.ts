import type { KeyObservation } from '../../model/facts.ts';
import { isHsmHost } from '../../model/key-ref.ts';
import { consumersOf, readPins } from '../../observation/pins.ts';
import { isInPerimeter, passedBefore } from '../../observation/trusted-services-pass.ts';
import { vaultLossOf } from '../../observation/vault-loss.ts';
import { findingFor, type Rule, type Situation } from '../rule.ts';

/**
 * Nobody can say whether the vault is well: the product could not read it, or a network security perimeter decides, whose rules
 * the vault does not show. Of a key that nothing in scope uses nobody has to know it: its vault may be out of scope by intent.
 */
export const vaultUnreachable: Rule = (situation) => {
  const { observation } = situation;
  const { consumers, key, vault } = observation;
  const isUnused = consumers.kind === 'present' && consumers.value.length === 0;
  if (isHsmHost(key.host) || isUnused) return [];
  const reason = blindReason(observation) ?? perimeterReason(situation);
  if (reason === undefined) return [];
  const target = vault.kind === 'present' ? vault.value.id.toLowerCase() : `https://${key.host}`;
  return [
    findingFor(consumersOf(observation), {
      kind: 'vaultUnreachable',
      target,
      evidence: { vault: reason },
      rows: ['S1.5', 'S2.41'],
      sentence: `How the vault of ${target} stands could not be seen: ${reason}.`,
    }),
  ];
};

const blindReason = (observation: KeyObservation): string | undefined => {
  const { vault, vaultLoss } = observation;
  if (vault.kind === 'unknown') return vault.reason;
  if (vault.kind === 'present' || vaultLossOf(observation) !== undefined) return undefined;
  if (readPins(observation).length > 0) return 'its key answers, but no such vault is in the configured scope';
  return vaultLoss?.kind === 'unknown' ? vaultLoss.reason : 'it is not found, and what became of it is not known';
};

const perimeterReason = ({ observation, known }: Situation): string | undefined => {
  const { vault } = observation;
  if (vault.kind !== 'present' || !isInPerimeter(vault.value.network) || passedBefore(known)) return undefined;
  const isDown = consumersOf(observation).some(
    ({ state }) => state.kind === 'present' && state.value.state === 'inaccessible',
  );
  return isDown ? 'a network security perimeter decides who reaches it, and overrides the trusted services' : undefined;
};
