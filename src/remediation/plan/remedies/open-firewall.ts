import { isInPerimeter } from '../../observation/trusted-services-pass.ts';
import { instruct, type Remedy, steps } from '../remedy.ts';

/** The smallest change that lets trusted services pass: a perimeter overrides the bypass, so there the former rules. */
export const openFirewall: Remedy = (_finding, { observation: { key, vault }, known }) => {
  if (vault.kind !== 'present') return instruct();
  const vaultId = vault.value.id.toLowerCase();
  const { host } = key;
  if (!isInPerimeter(vault.value.network))
    return steps({ kind: 'setVaultBypass', target: vaultId, parameters: { vaultId, host, bypass: 'AzureServices' } });
  const network = known.baseline?.vault.network;
  return network === undefined
    ? instruct()
    : steps({ kind: 'restoreNetworkRules', target: vaultId, parameters: { vaultId, host, network } });
};
