import { globSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { deadAnchors, deadLinks, readDocument } from '../builders/citations.ts';
import { root } from './written.ts';

const DOCUMENTS = globSync('{*.md,{docs,infra,local,bench,cli,page,client,test}/**/*.md}', { cwd: root }).filter(
  (file) => !file.includes('node_modules'),
);

describe('The documents', () => {
  it('lead to files that there are', () => {
    expect(DOCUMENTS.length).toBeGreaterThan(60);
    expect(DOCUMENTS.flatMap((file) => deadLinks(file).map((link) => `${file}: ${link}`))).toEqual([]);
  });

  it('lead to headings that there are', () => {
    expect(DOCUMENTS.flatMap((file) => deadAnchors(file).map((link) => `${file}: ${link}`))).toEqual([]);
  });

  it('are each reached from another one', () => {
    const linked = new Set(
      DOCUMENTS.flatMap((file) =>
        [...readDocument(file).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link = '']) =>
          path.join(path.dirname(file), link).replace(/\/$/, ''),
        ),
      ),
    );
    const ways = (file: string): readonly string[] => [file, path.dirname(file)];
    const docs = DOCUMENTS.filter((file) => file.startsWith('docs/'));
    expect(docs.filter((file) => !ways(file).some((way) => linked.has(way)))).toEqual([]);
  });
});
