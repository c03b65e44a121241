import { describe, expect, it } from 'vitest';
import {
  absent,
  type Fact,
  type KeyObservation,
  type KeyVersionFacts,
  present,
  unknown,
} from '../../../src/remediation/model/facts.ts';
import { readCost as costIn, HIGHEST_COST } from '../../../src/remediation/observation/read-cost.ts';
import { aVault } from '../../builders/observation.ts';

const readCost = ({ versions }: Pick<KeyObservation, 'versions'>) => costIn({ vault: present(aVault()), versions });

const version = (keyType: string, keySize?: number): Fact<KeyVersionFacts> =>
  present({
    kid: '',
    version: '',
    enabled: true,
    createdOn: '',
    keyType,
    ...(keySize !== undefined && { keySize }),
    tags: {},
  });

const costOf = (keyType: string, keySize?: number) => readCost({ versions: { a: version(keyType, keySize) } });

describe('what reading versions costs', () => {
  it('is as much as the quota allows less of it than of 2048-bit software keys', () => {
    // Microsoft Learn, Key Vault service limits: transactions in ten seconds.
    const allowed: readonly [string, number | undefined, number][] = [
      ['RSA', 2048, 4_000],
      ['RSA', 3072, 1_000],
      ['RSA', 4096, 500],
      ['RSA-HSM', 2048, 2_000],
      ['RSA-HSM', 3072, 500],
      ['RSA-HSM', 4096, 250],
      ['EC', undefined, 4_000],
      ['EC-HSM', undefined, 2_000],
    ];
    for (const [type, size, most] of allowed)
      expect([type, size, costOf(type, size)]).toEqual([type, size, 4_000 / most]);
  });

  it('is the sum of all versions in use', () => {
    expect(readCost({ versions: { a: version('RSA-HSM', 3072), b: version('RSA', 3072) } })).toBe(8 + 4);
  });

  it('is that of the longest key where its size is not told, and the highest of a type that nobody has heard of', () => {
    expect([costOf('RSA'), costOf('rsa-hsm')]).toEqual([8, 16]);
    expect([costOf('RSA', 8192), costOf('RSA-HSM', 1024)]).toEqual([8, 16]);
    expect(costOf('oct-HSM', 256)).toBe(HIGHEST_COST);
  });

  it('is not known where a version was not seen', () => {
    expect(readCost({ versions: { a: version('RSA', 2048), b: unknown('a firewall') } })).toBeUndefined();
    expect(readCost({ versions: {} })).toBeUndefined();
  });

  it('is one where the version, or its whole vault, is not there: no type of it makes a read costly', () => {
    expect(readCost({ versions: { a: absent, b: version('RSA', 4096) } })).toBe(1 + 8);
    expect(costIn({ vault: absent, versions: { a: unknown('its vault is not there') } })).toBe(1);
    expect(costIn({ vault: unknown('a firewall'), versions: { a: unknown('a firewall') } })).toBeUndefined();
  });
});
