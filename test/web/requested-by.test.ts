import { describe, expect, it } from 'vitest';
import type { AskedPlan } from '../../src/store/key-state.ts';
import { hasRequested } from '../../src/web/requested-by.ts';

const KEY = 'https://contoso.vault.azure.net/keys/cmk';
const SIBLING = 'https://contoso.vault.azure.net/keys/other';
const ELSEWHERE = 'https://fabrikam.vault.azure.net/keys/cmk';
const VAULT = '/subscriptions/s/resourcegroups/data/providers/microsoft.keyvault/vaults/contoso';
const SERVER = '/subscriptions/s/resourcegroups/data/providers/microsoft.dbformysql/servers/orders';

const asked = {
  planId: 'p',
  incident: 'i',
  at: '2026-11-22T12:00:00Z',
  stepIds: [],
  steps: [
    { kind: 'recoverVault', target: VAULT, parameters: { vaultId: VAULT }, touches: [VAULT], serves: [SERVER] },
    { kind: 'revalidateConsumer', target: SERVER, parameters: { vaultId: VAULT } },
  ],
} satisfies AskedPlan;

const requested = (keyId: string, step: string, target: string, person = 'ann') =>
  hasRequested(person, { keyId: KEY, asked }, [
    { keyId, request: { step, target, by: 'ann', at: '2026-11-22T11:00:00Z' } },
  ]);

describe('Whoever has requested any of what a plan does', () => {
  it.each([
    ['anything of its own key', KEY, 'enableKey', KEY],
    ['the recovery of its vault for another key', SIBLING, 'recoverVault', SIBLING],
    ['the recovery of its vault by a server of another key', SIBLING, 'recoverVault', `${SERVER}-other`],
    ['the same of its server, which has another key as well', ELSEWHERE, 'revalidateConsumer', SERVER.toUpperCase()],
  ])('is its requester: %s', (_case, keyId, step, target) => {
    expect(requested(keyId, step, target)).toBe(true);
    expect(requested(keyId, step, target, 'bob')).toBe(false);
  });

  it.each([
    ['another step of its server', ELSEWHERE, 'clearAutoRotationError', SERVER],
    ['the same step of another server', SIBLING, 'revalidateConsumer', `${SERVER}-other`],
    ['the recovery of another vault', ELSEWHERE, 'recoverVault', ELSEWHERE],
  ])('is not of what else was requested: %s', (_case, keyId, step, target) => {
    expect(requested(keyId, step, target)).toBe(false);
  });
});
