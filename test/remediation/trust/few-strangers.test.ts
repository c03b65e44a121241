import { describe, expect, it } from 'vitest';
import { fewStrangers } from '../../../src/remediation/diagnosis/few-strangers.ts';
import type { Finding } from '../../../src/remediation/model/findings.ts';

const finding = (n: number, lineage: string): Finding =>
  ({
    kind: 'copyAwaitingAccess',
    target: `/sets/${String(n).padStart(3, '0')}`,
    evidence: { lineage },
    harm: [],
  }) as never;
const strangers = Array.from({ length: 300 }, (_, n) => finding(299 - n, 'stranger'));

describe('The strangers of a key', () => {
  it('are named by the first of their ids, and counted, however many somebody makes', () => {
    const { findings, more } = fewStrangers(strangers);
    expect(
      findings
        .map(({ target }) => target)
        .toSorted()
        .at(-1),
    ).toBe('/sets/019');
    expect([findings.length, more]).toEqual([20, 280]);
  });

  it('push out nobody who is or may be a copy of somebody known', () => {
    const copies = [finding(998, 'proven'), finding(999, 'unproven')];
    expect(fewStrangers([...strangers, ...copies]).findings).toEqual(expect.arrayContaining(copies));
  });
});
