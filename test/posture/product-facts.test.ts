import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { productFacts } from '../../src/posture/product-facts.ts';
import { API_VERSIONS } from '../../src/remediation/model/api-versions.ts';
import { unknown } from '../../src/remediation/model/facts.ts';

const entry = path.join(import.meta.dirname, '..', '..', 'functions', 'index.ts');

describe('the product’s word on itself', () => {
  it('states every api-version that it speaks, and excuses a preview', () => {
    const { apiVersions } = productFacts(unknown('not asked'));
    expect(apiVersions.map(({ service, version }) => [service, version])).toEqual(
      Object.entries(API_VERSIONS).flatMap(([service, versions]) => versions.map((version) => [service, version])),
    );
    const previews = apiVersions.filter(({ version }) => version.endsWith('-preview'));
    expect(previews).toEqual(apiVersions.filter(({ why }) => why !== undefined));
  });

  it('names as its wakes what its entry registers', () => {
    const registered = { sweep: 'registerSweepTimer(', probe: 'registerProbeTimer(', event: './on-key-vault-event.ts' };
    const { wakes } = productFacts(unknown('not asked'));
    const text = readFileSync(entry, 'utf8');
    expect(wakes.filter((wake) => !text.includes(registered[wake]))).toEqual([]);
    expect(wakes).toEqual(Object.keys(registered));
  });
});
