import { describe, expect, it } from 'vitest';
import type { PostureLine } from '../../src/posture/lines.ts';
import { CONTRACT } from '../../src/web/contract/contract.ts';
import { readQuery } from '../../src/web/contract/read-query.ts';
import { lineFilter } from '../../src/web/line-filter.ts';

const line = (row: string): PostureLine => ({
  row,
  check: 'productWithinItsRole',
  subject: '/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv',
  kind: 'vault',
  verdict: 'fail',
  evidence: 'It may do more than its role.',
});

describe('The lines of a posture report', () => {
  it.each(['KV', '/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv'])(
    'can be asked for by their subject, as %s',
    (subject) => {
      const lines = [
        line('S1.1'),
        { ...line('S1.1'), subject: '/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv2' },
      ];
      expect(lines.filter(lineFilter({ subject }))).toEqual([line('S1.1')]);
    },
  );

  it.each(['rights', 'coverage', 'S2.50'])('can be asked for by the row %s', (row) => {
    const read = readQuery(CONTRACT['get-posture'], new URLSearchParams({ row: row.toLowerCase() }));
    const keeps = lineFilter(read.kind === 'value' ? read.value : {});
    expect([line(row), line('S1.1')].filter(keeps)).toEqual([line(row)]);
  });

  it('are refused by a row that there is not', () => {
    expect(readQuery(CONTRACT['get-posture'], new URLSearchParams('row=S9.9'))).toMatchObject({
      kind: 'refused',
      answer: { status: 400, body: { detail: expect.stringMatching(/row: .*S1\.1/) } },
    });
  });
});
