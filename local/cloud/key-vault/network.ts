import { BlockList, isIP } from 'node:net';
import { callerText, PUBLIC_ADDRESS, type Requester } from './requester.ts';
import type { Vault } from './vault.ts';

export type NetworkRefusal = { inner: 'ForbiddenByConnection' | 'ForbiddenByFirewall'; message: string };

const MAX_PREFIX: Record<number, number> = { 4: 32, 6: 128 };

const admits = (rules: { value: string }[], address: string): boolean => {
  const list = new BlockList();
  for (const { value } of rules) {
    const [net = '', prefix] = value.split('/');
    const family = isIP(net);
    if (family) list.addSubnet(net, Number(prefix ?? MAX_PREFIX[family]), family === 6 ? 'ipv6' : 'ipv4');
  }
  return list.check(address);
};

const forbiddenByConnection = (requester: Requester, vault: Vault): NetworkRefusal => ({
  inner: 'ForbiddenByConnection',
  message: requester.trustedService
    ? "Connection is not an approved private link and caller was ignored because bypass is not set to 'AzureServices' " +
      "and PublicNetworkAccess is set to 'Disabled'."
    : 'Public network access is disabled and request is not from a trusted service nor via an approved private link.' +
      `\r\nCaller: ${callerText(requester)}\r\nVault: ${vault.name};location=${vault.location}`,
});

const forbiddenByFirewall = (requester: Requester, vault: Vault): NetworkRefusal => ({
  inner: 'ForbiddenByFirewall',
  message:
    `Client address is not authorized and ${
      requester.trustedService ? 'caller was ignored because bypass is set to None' : 'caller is not a trusted service'
    }.` +
    `\r\nClient address: ${PUBLIC_ADDRESS}\r\nCaller: ${callerText(requester)}\r\nVault: ${vault.name};location=${vault.location}`,
});

/**
 * Why the vault's network rules keep a request out; undefined when they let it in. A trusted service passes a firewall
 * and disabled public access alike while `bypass` is AzureServices, but not a network security perimeter
 * (Key Vault: virtual network service endpoints, trusted services).
 */
export const networkRefusal = (vault: Vault, requester: Requester): NetworkRefusal | undefined => {
  const access = vault.publicNetworkAccess.toLowerCase();
  if (access === 'securedbyperimeter') return forbiddenByConnection(requester, vault);
  const bypass = (vault.networkAcls?.bypass ?? 'AzureServices') === 'AzureServices';
  if (requester.trustedService && bypass) return undefined;
  if (access === 'disabled') return forbiddenByConnection(requester, vault);
  if (vault.networkAcls?.defaultAction !== 'Deny') return undefined;
  if (!requester.trustedService && admits(vault.networkAcls.ipRules, PUBLIC_ADDRESS)) return undefined;
  return forbiddenByFirewall(requester, vault);
};
