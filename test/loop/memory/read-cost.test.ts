import { describe, expect, it } from 'vitest';
import { readCost } from '../../../src/loop/memory/read-cost.ts';
import { type Fact, type KeyVersionFacts, present, unknown } from '../../../src/remediation/model/facts.ts';

const version = (keyType: string, keySize: number): Fact<KeyVersionFacts> =>
  present({ kid: '', version: '', enabled: true, createdOn: '', keyType, keySize, tags: {} });

describe('what reading versions costs', () => {
  it('is one for each 2048-bit software key, and for what was not seen', () => {
    expect(readCost({ versions: { a: version('RSA', 2048), b: unknown('a firewall') } })).toBe(2);
  });

  it('is as much more as the quota allows less of it', () => {
    expect(readCost({ versions: { a: version('RSA-HSM', 2048) } })).toBe(4_000 / 2_000);
    expect(readCost({ versions: { a: version('RSA', 4096) } })).toBe(4_000 / 500);
    expect(readCost({ versions: { a: version('RSA-HSM', 3072), b: version('RSA', 3072) } })).toBe(8 + 4);
  });
});
