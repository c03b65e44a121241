import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIn, isSame, named, parseOverrideTarget } from '../../../src/remediation/model/override-target.ts';
import { CONSUMER_KINDS, profileOf } from '../../../src/remediation/model/profiles.ts';
import { GROUP } from '../../builders/observation.ts';
import { runs } from '../../run/exhaustive.ts';

const VAULT = `${GROUP}/providers/Microsoft.KeyVault/vaults/kv-orders`;
const URL_OF_VAULT = 'https://kv-orders.vault.azure.net';
const SERVER = `${GROUP}/providers/Microsoft.DBforMySQL/servers/orders`;
const V = '0123456789abcdef0123456789abcdef';

/** All forms in which people may write the same target, each with its normal form. */
const SAME = {
  vault: [URL_OF_VAULT, VAULT],
  key: [`${URL_OF_VAULT}/keys/cmk`, `${VAULT}/keys/cmk`],
  keyVersion: [`${URL_OF_VAULT}/keys/cmk/${V}`, `${VAULT}/keys/cmk/versions/${V}`],
  consumer: [SERVER, `${SERVER}/keys/kv-orders_cmk_${V}`, `${SERVER}/databases/shop`],
  machine: [`${GROUP}/providers/Microsoft.Compute/virtualMachines/vm`],
  resourceGroup: [GROUP],
  subscription: [GROUP.split('/resourceGroups')[0] ?? ''],
} as const;

const FORMS = Object.entries(SAME).flatMap(([kind, spellings]) => spellings.map((text) => [kind, text] as const));

/** The same id as another person would type it. */
const respelt = (text: string) =>
  fc
    .record({
      casing: fc.infiniteStream(fc.boolean()),
      slashes: fc.nat(3),
      blanks: fc.nat(2),
      port: fc.boolean(),
    })
    .map(({ casing, slashes, blanks, port }) => {
      const cased = [...text].map((sign) => (casing.next().value ? sign.toUpperCase() : sign.toLowerCase())).join('');
      const ported = port ? cased.replace(/^(https:\/\/[^/]+)/i, '$1:443') : cased;
      return `${' '.repeat(blanks)}${ported}${'/'.repeat(slashes)}${' '.repeat(blanks)}`;
    });

describe('What a do-not-heal record names', () => {
  it.each(FORMS)('is a %s: %s, in whatever casing, with a port, blanks and slashes', (kind, text) => {
    fc.assert(
      fc.property(respelt(text), (spelt) => {
        const target = parseOverrideTarget(spelt);
        expect(target).toMatchObject({ kind });
        expect(target).toEqual(parseOverrideTarget(text));
        expect(isSame(named(spelt), named(text))).toBe(true);
        // A normal form stays as it is.
        expect(parseOverrideTarget(target?.id ?? '')).toEqual(target);
      }),
      { numRuns: runs(30) },
    );
  });

  it.each(Object.entries(SAME))('is the same %s in every form', (_kind, spellings) => {
    for (const one of spellings) for (const other of spellings) expect(isSame(named(one), named(other))).toBe(true);
  });

  it.each(CONSUMER_KINDS)('is a consumer of every kind: %s', (kind) => {
    const id = `${GROUP}/providers/${profileOf(kind).resourceType}/one`;
    expect(parseOverrideTarget(`${id}/`)).toEqual({ kind: 'consumer', id: id.toLowerCase() });
  });

  it.each([
    'orders',
    '',
    '/',
    '*',
    'https://',
    'http://kv-orders.vault.azure.net/keys/cmk',
    'https://kv-orders.vault.azure.net:8443/keys/cmk',
    'https://kv-orders.vault.azure.net.evil.example/keys/cmk',
    'https://kv-orders.vault.azure.net/keys/cmk?api-version=7.4',
    'https://kv-orders.vault.azure.net/secrets/cmk',
    'https://pool.managedhsm.azure.net/keys/cmk',
    'kv-orders.vault.azure.net',
    `${VAULT}/secrets/cmk`,
    `${VAULT}/keys/c_m_k`,
    `${VAULT}/providers/Microsoft.Authorization/locks/keep`,
    `${SERVER}/providers/Microsoft.Authorization/locks/keep`,
    `${GROUP}/providers/Microsoft.Storage/storageAccounts/logs`,
    `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/web`,
    `${GROUP.split('/resourceGroups')[0]}/providers/Microsoft.KeyVault/vaults/kv-orders`,
    '/subscriptions/orders',
  ])('is nothing that a repair ever touches, and no target: %s', (text) => {
    expect(parseOverrideTarget(text)).toBeUndefined();
  });
});

describe('A record covers', () => {
  const HELD = {
    [`${URL_OF_VAULT}/keys/cmk/${V}`]: [...SAME.keyVersion, ...SAME.key, ...SAME.vault],
    [VAULT]: [...SAME.vault, ...SAME.resourceGroup, ...SAME.subscription],
    [SERVER]: [...SAME.consumer, ...SAME.resourceGroup, ...SAME.subscription],
  };
  const ALL = Object.values(SAME).flat();

  it.each(Object.entries(HELD))('%s where it names that, or what it lies in, and nothing else', (id, holders) => {
    expect(ALL.filter((target) => isIn(named(id), named(target)))).toEqual(
      ALL.filter((target) => (holders as readonly string[]).includes(target)),
    );
  });

  it.each([
    [`${URL_OF_VAULT}/keys/cmk2`, `${URL_OF_VAULT}/keys/cmk`],
    [`https://kv-orders2.vault.azure.net/keys/cmk`, VAULT],
    [`${VAULT}2`, VAULT],
    [VAULT, VAULT.replace('/resourceGroups/', '/resourceGroups/other-')],
    [`${SERVER}2`, SERVER],
    [`${GROUP}2`, GROUP],
  ])('not %s by the name of its neighbour %s', (id, target) => {
    expect(isIn(named(id), named(target))).toBe(false);
  });

  it('what it names where an earlier version kept it unread: as the text that it is', () => {
    expect(isIn(named('/tenants/one/Things/two'), named('/Tenants/One'))).toBe(true);
    expect(isIn(named(VAULT), named('/subscriptions/one'))).toBe(false);
    expect(isIn(named(VAULT), named(''))).toBe(false);
  });
});
