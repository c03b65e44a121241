import { isInPerimeter } from '../../observation/trusted-services-pass.ts';
import { vaultIdentity } from '../../observation/vault-identity.ts';
import { instruct, type Remedy, steps } from '../remedy.ts';

/**
 * The smallest change that lets trusted services pass. A perimeter overrides the bypass, so there the former network rules are
 * restored.
 */
export const openFirewall: Remedy = (_finding, { observation, known }) => {
  const { key, vault } = observation;
  if (vault.kind !== 'present') return instruct();
  const its = vaultIdentity(observation, known);
  const target = its.vaultId;
  const { host } = key;
  if (!isInPerimeter(vault.value.network))
    return steps({ kind: 'setVaultBypass', target, parameters: { ...its, host, bypass: 'AzureServices' } });
  const network = known.baseline?.vault.network;
  return network === undefined
    ? instruct()
    : steps({ kind: 'restoreNetworkRules', target, parameters: { ...its, host, network } });
};
