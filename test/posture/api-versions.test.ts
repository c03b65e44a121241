import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { API_VERSIONS } from '../../src/posture/api-versions.ts';
import { productFacts } from '../../src/posture/product-facts.ts';
import { unknown } from '../../src/remediation/model/facts.ts';

const root = path.join(import.meta.dirname, '..', '..');
const textOf = (file: string): string => readFileSync(path.join(root, file), 'utf8');

describe('the product’s word on itself', () => {
  it('states every API version that its code names', () => {
    const named = globSync('src/azure/**/*.ts', { cwd: root }).flatMap(
      (file) => textOf(file).match(/(?<=')20\d\d-\d\d-\d\d(-preview)?(?=')/g) ?? [],
    );
    const stated = new Set(API_VERSIONS.map(({ version }) => version));
    expect(new Set(named).size).toBeGreaterThan(8);
    expect([...new Set(named)].filter((version) => !stated.has(version))).toEqual([]);
  });

  it('names as its wakes what its entry registers', () => {
    const entry = textOf('functions/index.ts');
    const registered = { sweep: './sweep-timer.ts', probe: './probe-timer.ts', event: './on-key-vault-event.ts' };
    const { wakes } = productFacts(unknown('not asked'));
    expect(wakes.filter((wake) => !entry.includes(registered[wake]))).toEqual([]);
    expect(wakes).toEqual(Object.keys(registered));
  });
});
