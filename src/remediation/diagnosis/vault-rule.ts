import type { ConsumerFacts, VaultFacts } from '../model/facts.ts';
import type { Finding } from '../model/findings.ts';
import { consumersOf } from '../observation/pins.ts';
import { findingFor, type Rule } from './rule.ts';

/** Makes a rule on the vault alone: its fault affects all consumers of the key. Without consumers there is no finding. */
export const ofVault =
  (
    faultOf: (vault: VaultFacts, consumers: readonly ConsumerFacts[]) => Omit<Finding, 'harm' | 'target'> | undefined,
  ): Rule =>
  ({ observation }) => {
    const { vault } = observation;
    const consumers = consumersOf(observation);
    if (vault.kind !== 'present' || consumers.length === 0) return [];
    const fault = faultOf(vault.value, consumers);
    return fault === undefined ? [] : [findingFor(consumers, { ...fault, target: vault.value.id.toLowerCase() })];
  };
