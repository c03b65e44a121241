import { describe, expect, it } from 'vitest';
import { decisionIn, decisions } from './tables/decisions.ts';

describe('The decisions', () => {
  it('have a number each, in the order of their files, and of their dates', () => {
    const all = decisions();
    expect(all.length).toBeGreaterThan(10);
    expect(all.map(({ number }) => number)).toEqual(all.map((_, n) => n + 1));
    expect(all.map(({ file }) => Number(file.slice(0, 4)))).toEqual(all.map(({ number }) => number));
    expect(all.map(({ date }) => date)).toEqual(all.map(({ date }) => date).toSorted());
  });

  it('say what would change them, in a sentence at least', () => {
    expect(decisions().filter(({ changedBy }) => changedBy.length < 60)).toEqual([]);
  });

  it.each([
    ['without a date', '# 1. A title\n\nAccepted.\n\nText.\n\n## What would change it\n\nThis.\n'],
    ['without a status', '# 1. A title\n\n2026-11-22.\n\nText.\n\n## What would change it\n\nThis.\n'],
    ['that nothing would change', '# 1. A title\n\n2026-11-22. Accepted.\n\nText.\n'],
  ])('are refused %s', (_what, text) => {
    expect(() => decisionIn('0001-a.md', text)).toThrow('0001-a.md has not the form');
  });
});
