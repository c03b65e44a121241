import { describe, expect, it } from 'vitest';
import { nextLink, partAsked, readParts } from '../../src/web/report-parts.ts';
import { requestWith } from '../builders/request.ts';

const part = (name: string) => ({ lines: name, coverage: name, tally: name });
const report = {
  startedAt: '2026-03-02T00:00:00.000Z',
  finishedAt: '2026-03-02T00:01:00.000Z',
  parts: ['a', 'b', 'c', 'd'].map(part),
  tally: {},
  unreadable: [],
};
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

  it('lead on with the same wishes', () => {
    const link = nextLink('posture', requestWith({ row: 'S2.3', part: '1', subject: undefined }), report, 2);
    expect(link).toBe('/api/keyed/posture?row=S2.3&part=2&report=2026-03-02T00%3A00%3A00.000Z');
    expect(nextLink('posture', requestWith({}), report, undefined)).toBeUndefined();
  });

  it('are all of one report: when it was made anew meanwhile, the next page of the former is refused', () => {
    const former = requestWith({ part: '1', report: '2026-03-01T23:00:00.000Z' });
    expect(partAsked(former, report)).toMatchObject({
      answer: { status: 409, body: { detail: expect.stringContaining('Begin again') } },
    });
    expect(partAsked(requestWith({ part: '1', report: report.startedAt }), report)).toEqual({ kind: 'part', part: 1 });
  });

  it('refuse a part that there is not, and say how many there are', () => {
    expect(partAsked(requestWith({ part: '3' }), report)).toEqual({ kind: 'part', part: 3 });
    expect(partAsked(requestWith({ part: '4' }), report)).toMatchObject({ answer: { status: 400 } });
  });
});
