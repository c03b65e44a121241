import { describe, expect, it } from 'vitest';
import { readDocument } from '../builders/citations.ts';

const readme = readDocument('README.md');

describe('The README', () => {
  it('is read in three minutes', () => {
    expect(readme.split('\n').length).toBeLessThan(135);
  });

  it('has two lines to begin with, and no third', () => {
    const lines = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.trim().split('\n'));
    expect(lines).toEqual(['npm ci && npm start', 'npm ci && npm test']);
  });

  it('shows the page', () => {
    expect(readme).toMatch(/!\[[^\]]+\]\(docs\/images\/[\w-]+\.png\)/);
  });

  it.each(['on call', 'its operator', 'a reviewer of its security', 'a developer'])('says where %s goes on', (who) => {
    expect(readme).toMatch(new RegExp(`\\| ${who}[^|]*\\| .*\\]\\(`));
  });
});
