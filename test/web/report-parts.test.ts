import { describe, expect, it } from '@jest/globals';
import { nextLink, partAsked, readParts } from '../../src/web/report-parts.ts';

const part = (name: string) => ({ lines: name, coverage: name, tally: name });
const report = {
  startedAt: '2026-03-02T00:00:00.000Z',
  finishedAt: '2026-03-02T00:01:00.000Z',
  parts: ['a', 'b', 'c', 'd'].map(part),
  tally: {},
  unreadable: [],
};
const request = (query: string) => ({ params: {}, query: new URLSearchParams(query), body: undefined });
const lines =
  (count: number) =>
  async ({ lines: name }: { readonly lines: string }) =>
    Array.from({ length: count }, () => name);

describe('the pages of a report', () => {
  it('are whole parts, until there is enough for one answer', async () => {
    const first = await readParts(report, 0, lines(3_000));
    expect([first.values.length, first.next]).toEqual([6_000, 2]);
    const second = await readParts(report, first.next ?? 0, lines(3_000));
    expect([new Set(second.values), second.next]).toEqual([new Set(['c', 'd']), undefined]);
  });

  it('hold everything where that is little', async () => {
    expect(await readParts(report, 0, lines(2))).toEqual({ values: [...'aabbccdd'], next: undefined });
  });

  it('lead on with the same wishes, and never with a key', () => {
    const link = nextLink('/api/posture', request('row=S2.3&code=secret&part=1'), 2);
    expect(link).toBe('/api/posture?row=S2.3&part=2');
    expect(nextLink('/api/posture', request(''), undefined)).toBeUndefined();
  });

  it('refuse a part that there is not, and say how many there are', () => {
    expect(partAsked(request('part=3'), report)).toEqual({ kind: 'part', part: 3 });
    for (const text of ['4', '-1', 'x', '1.5'])
      expect(partAsked(request(`part=${text}`), report)).toMatchObject({ answer: { status: 400 } });
  });
});
