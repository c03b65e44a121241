import type { VaultFacts } from '../../model/facts.ts';
import { profileOf } from '../../model/profiles.ts';
import { consumersOf } from '../../observation/pins.ts';
import { isInPerimeter, passedBefore, trustedServicesPass } from '../../observation/trusted-services-pass.ts';
import { findingFor, type Rule, type Situation } from '../rule.ts';

/**
 * The firewall of the vault keeps trusted services out. Only consumers that are known to be trusted services count: of others
 * nobody knows whether they pass. Inside a perimeter it is sure only where the baseline knows the vault without one, since the
 * perimeter may have rules that let the consumers in.
 */
export const vaultFirewallBlocks: Rule = (situation) => {
  const { observation } = situation;
  const { vault } = observation;
  const consumers = consumersOf(observation).filter(({ kind }) => profileOf(kind).trusted === 'yes');
  if (vault.kind !== 'present' || consumers.length === 0 || !blocks(vault.value, situation)) return [];
  const { id, network } = vault.value;
  const { publicNetworkAccess, defaultAction, bypass } = network;
  return [
    findingFor(consumers, {
      kind: 'vaultFirewallBlocks',
      target: id.toLowerCase(),
      evidence: { publicNetworkAccess, defaultAction, bypass },
      rows: ['S2.41', 'S2.54'],
      sentence: `The firewall of ${id} keeps trusted services out: public access ${publicNetworkAccess}, default action ${defaultAction}, bypass ${bypass}.`,
    }),
  ];
};

const blocks = ({ network }: VaultFacts, { known }: Situation): boolean =>
  !trustedServicesPass(network) && (!isInPerimeter(network) || passedBefore(known));
