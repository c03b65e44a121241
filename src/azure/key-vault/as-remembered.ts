import { isSameJson } from '../../remediation/model/canonical.ts';
import { AzureUnavailable } from '../failure/azure-unavailable.ts';
import type { VaultMemory } from './seen-vaults.ts';
import type { HostedVault, ScopeList, StrangeVault } from './vault-reads.ts';

type Known = Pick<VaultMemory, 'vaults'>;

const vaultAsRemembered = ({ vaults }: Known, one: HostedVault | StrangeVault): HostedVault | StrangeVault => {
  if ('strange' in one) return one;
  const facts = vaults.get(one.host)?.facts;
  return facts !== undefined && isSameJson(facts, one.facts) ? { host: one.host, facts } : one;
};

/**
 * The list, with the facts in memory for each vault that is as it was. Lists of several ages are kept at the same time, and the
 * access policies of a vault may be a thousand: so they are there once.
 */
export const asRemembered = (known: Known, list: ScopeList): ScopeList => {
  const { vaults } = list;
  if (vaults instanceof AzureUnavailable || vaults.kind !== 'present') return list;
  return { ...list, vaults: { ...vaults, value: vaults.value.map((one) => vaultAsRemembered(known, one)) } };
};
