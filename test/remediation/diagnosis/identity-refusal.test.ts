import { describe, expect, it } from 'vitest';
import { blamesIdentity, identityWasRefused } from '../../../src/remediation/diagnosis/identity-refusal.ts';
import type { Attempt } from '../../../src/remediation/model/records.ts';

const ID = '/subscriptions/s/providers/microsoft.dbformysql/servers/orders';
const REFUSED = 'the operation failed: AzureKeyVaultNoServerIdentity, The server identity is not correctly configured.';

const attempt = (minute: number, changes: Partial<Attempt> = {}): Attempt => ({
  stepId: 'x',
  step: 'revalidateConsumer',
  target: ID,
  outcome: 'blocked',
  why: REFUSED,
  at: new Date(minute * 60_000).toISOString(),
  ...changes,
});
const assigned = (minute: number, changes: Partial<Attempt> = {}): Attempt =>
  attempt(minute, { step: 'assignIdentity', outcome: 'done', why: 'the operation succeeded', ...changes });

describe('the words of Azure', () => {
  it.each([
    [REFUSED, true],
    ['ManagedServiceIdentityNotFound', true],
    ["the revalidation of web: FailedIdentityOperation, Identity operation failed. Status: 'NotFound'.", true],
    ['the operation failed: AzureKeyVaultMissingPermissionsMessage, no permission', false],
    ['the revalidation of web: FailedIdentityOperation, try again', false],
  ])('%s', (words, blames) => {
    expect(blamesIdentity(words)).toBe(blames);
  });
});

describe('an identity', () => {
  it('was refused when the last try says so, whatever came before', () => {
    expect(identityWasRefused([attempt(2), attempt(1, { outcome: 'done', why: '' })], ID.toUpperCase())).toBe(true);
  });

  it('was not refused when nothing was tried, another consumer was, or the last try went otherwise', () => {
    expect(identityWasRefused([], ID)).toBe(false);
    expect(identityWasRefused([attempt(1, { target: `${ID}-2` })], ID)).toBe(false);
    expect(identityWasRefused([attempt(1), attempt(2, { why: 'AzureKeyVaultKeyNotFound' })], ID)).toBe(false);
    expect(identityWasRefused([attempt(1), attempt(2, { outcome: 'done' })], ID)).toBe(false);
  });

  it('is not blamed any more once another one was assigned, but still if that was not done', () => {
    expect(identityWasRefused([assigned(2), attempt(1)], ID)).toBe(false);
    expect(identityWasRefused([attempt(1), assigned(2, { outcome: 'blocked', why: 'no' })], ID)).toBe(true);
    expect(identityWasRefused([attempt(1), assigned(2), attempt(3)], ID)).toBe(true);
  });
});
