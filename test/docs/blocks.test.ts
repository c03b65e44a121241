import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PageKind } from '../../src/posture/runbooks.ts';
import { withBlock } from './blocks.ts';
import { generated, generatedSchemas } from './generated.ts';
import { pageOf } from './runbooks/page-of.ts';
import { root, written } from './written.ts';

const committed = (file: string): string => readFileSync(path.join(root, file), 'utf8');

describe('What `npm run docs` writes', () => {
  it.each([...generated()])('is in %s as it writes it', (file, text) => {
    expect(committed(file)).toBe(text);
  });

  it.each([...generatedSchemas()])('is in %s, as it is of the code', (file, schema) => {
    expect(JSON.parse(committed(file))).toEqual(schema);
  });

  it('stands where the document has a place for it, and nowhere else', () => {
    const block = { file: 'a.md', name: 'two', text: () => 'new' };
    expect(withBlock('a\n<!-- two -->\nold\n<!-- /two -->\nb\n', block)).toBe(
      'a\n<!-- two -->\nnew\n<!-- /two -->\nb\n',
    );
    expect(() => withBlock('a\n', block)).toThrow('a.md has no <!-- two --> … <!-- /two -->');
  });

  it('is asked of a page that nobody has written yet, by its name', () => {
    const asked = /^docs\/runbooks\/vault-untagged\.md is not there: write/;
    expect(() => written('docs/runbooks/vault-untagged.md')).toThrow(asked);
    expect(() => pageOf('vaultUntagged' as PageKind)).toThrow(asked);
  });
});
