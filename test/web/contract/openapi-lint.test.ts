import { createConfig, lintFromString } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from '../../../src/web/contract/openapi/document.ts';

const faultsIn = async (document: unknown): Promise<readonly string[]> => {
  const config = await createConfig({ extends: ['recommended-strict'] });
  const found = await lintFromString({ source: JSON.stringify(document), config, absoluteRef: 'openapi.json' });
  return found.map(({ ruleId, message, location: [first] }) => `${ruleId}: ${message} (${first?.pointer})`);
};

describe('The document of OpenAPI, to the linter', () => {
  it('has no fault, examples included', async () => {
    expect(await faultsIn(openApiDocument())).toEqual([]);
  });

  it('would have one, were an example not as its schema', async () => {
    const text = JSON.stringify(openApiDocument()).replace('"why":"planned maintenance"', '"why":5');
    expect(await faultsIn(JSON.parse(text))).toEqual([expect.stringContaining('no-invalid-media-type-examples')]);
  });
});
