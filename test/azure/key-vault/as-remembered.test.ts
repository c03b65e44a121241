import { describe, expect, it } from 'vitest';
import { parseScope } from '../../../src/azure/connection/scope.ts';
import { AzureUnavailable } from '../../../src/azure/failure/azure-unavailable.ts';
import { asRemembered } from '../../../src/azure/key-vault/as-remembered.ts';
import { keep, openVaultMemory } from '../../../src/azure/key-vault/seen-vaults.ts';
import type { ScopeList } from '../../../src/azure/key-vault/vault-reads.ts';
import { present, type VaultFacts } from '../../../src/remediation/model/facts.ts';
import { aVault } from '../../builders/observation.ts';

const HOST = 'kv-orders.vault.azure.net';
const scope = parseScope('/subscriptions/00000000-0000-4000-8000-000000000001');

const listOf = (facts: VaultFacts): ScopeList => ({ scope, vaults: present([{ host: HOST, facts }]) });

const vaultIn = ({ vaults }: ScopeList): unknown =>
  !(vaults instanceof AzureUnavailable) && vaults.kind === 'present' ? vaults.value[0] : undefined;

const remembering = (facts: VaultFacts) => {
  const memory = openVaultMemory();
  keep(memory, { host: HOST, facts });
  return memory;
};

describe('A vault of a list', () => {
  it('is the one in memory where nothing of it has changed, so that it is there once', () => {
    const [before, now] = [aVault(), aVault()];
    expect((vaultIn(asRemembered(remembering(before), listOf(now))) as { facts: unknown }).facts).toBe(before);
  });

  it.each<[string, Partial<VaultFacts>]>([
    ['a policy more', { accessPolicies: [{ tenantId: 't', objectId: 'o', keys: ['get'] }] }],
    ['another state', { provisioningState: 'RegisteringDns' }],
    ['another permission model', { permissionModel: 'rbac' }],
    ['a tag more', { tags: { 'cmk-guardian:do-not-heal': '' } }],
  ])('is as listed where it has %s', (_what, change) => {
    const now = aVault(change);
    expect((vaultIn(asRemembered(remembering(aVault()), listOf(now))) as { facts: unknown }).facts).toBe(now);
  });

  it('stays as listed where no vault of its host is remembered, or it could not be understood', () => {
    const list = listOf(aVault());
    const strange: ScopeList = { scope, vaults: present([{ name: 'kv-orders', strange: 'it has no host' }]) };
    expect(asRemembered(openVaultMemory(), list)).toEqual(list);
    expect(asRemembered(remembering(aVault()), strange)).toEqual(strange);
  });

  it('is none where Azure did not answer', () => {
    const list: ScopeList = { scope, vaults: new AzureUnavailable('busy') };
    expect(asRemembered(remembering(aVault()), list)).toBe(list);
  });
});
