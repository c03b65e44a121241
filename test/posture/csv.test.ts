import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cell, membersAsCsv } from '../../src/posture/csv.ts';
import { LINE_COLUMNS, linesOfClusters, linesOfDisks, linesOfPath, linesOfProduct } from '../../src/posture/lines.ts';
import { ROWS } from '../../src/posture/rows.ts';
import { absent, present, unknown } from '../../src/remediation/model/facts.ts';
import { aFlexibleServer } from '../builders/observation.ts';
import { aCluster, aDisk, aPath, aProduct } from '../builders/posture.ts';

type Clusters = Parameters<typeof linesOfClusters>[0];
type Disks = Parameters<typeof linesOfDisks>[0];

/** Reads RFC 4180, and nothing else. */
const parse = (text: string): readonly (readonly string[])[] => {
  const rows: string[][] = [[]];
  let at = 0;
  while (at < text.length) {
    const quoted = text[at] === '"';
    const end = quoted ? /"(?!")/g : /,|\r\n/g;
    if (quoted) {
      let close = at + 1;
      while (text[close] !== '"' || text[close + 1] === '"') close += text[close] === '"' ? 2 : 1;
      rows.at(-1)?.push(text.slice(at + 1, close).replaceAll('""', '"'));
      at = close + 1;
    } else {
      end.lastIndex = at;
      const stop = end.exec(text)?.index ?? text.length;
      rows.at(-1)?.push(text.slice(at, stop));
      at = stop;
    }
    if (text[at] === ',') at += 1;
    else {
      at += 2;
      rows.push([]);
    }
  }
  return rows.slice(0, -1);
};

const facts = {
  product: aProduct(),
  clusters: present([aCluster()]),
  disks: present([aDisk()]),
  paths: [aPath(), aPath({ consumer: aFlexibleServer() })],
};

/** The lines of a report in its parts: the common lines once, then those of each path. */
const linesOf = (all: Pick<typeof facts, 'product' | 'paths'> & { clusters: Clusters; disks: Disks }) => [
  ...linesOfProduct(all.product),
  ...linesOfClusters(all.clusters),
  ...linesOfDisks(all.disks),
  ...all.paths.flatMap(linesOfPath),
];

describe('the posture report', () => {
  it('has a line for every row and consumer, applicable or not', () => {
    const lines = linesOf(facts);
    const pathRows = ROWS.filter(({ about }) => about === 'path');
    for (const { consumer } of facts.paths)
      expect(lines.filter(({ subject }) => subject === consumer.id).map(({ row }) => row)).toEqual(
        pathRows.map(({ id }) => id),
      );
    expect(new Set(lines.map(({ row }) => row))).toEqual(new Set(ROWS.map(({ id }) => id)));
    expect(new Set(lines.map(({ verdict }) => verdict))).toContain('notApplicable');
  });

  it('has a line for every row where there is no cluster, and where nobody could look', () => {
    const lines = linesOf({ ...facts, clusters: absent, disks: unknown('403') });
    expect(lines.filter(({ kind }) => kind === 'cluster').every(({ verdict }) => verdict === 'notApplicable')).toBe(
      true,
    );
    expect(lines.filter(({ kind }) => kind === 'disk')).toMatchObject([{ verdict: 'unknown', evidence: '403' }]);
  });

  it('gives a plan and a page for what does not pass, and for nothing else', () => {
    const lines = linesOf({ ...facts, paths: [aPath({ locks: present([]) })] });
    const lock = lines.find(({ row, kind }) => row === 'S2.38' && kind === 'mysqlSingleServer');
    expect(lock).toMatchObject({
      verdict: 'fail',
      plan: [expect.stringContaining('az lock create')],
      runbook: 'docs/runbooks/vault-not-locked.md',
    });
    expect(lines.filter(({ verdict, plan, runbook }) => verdict === 'pass' && (plan || runbook))).toEqual([]);
  });
});

describe('the report as CSV', () => {
  it('is read back as it was, whatever a name or a tag holds', () => {
    const text = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(text, text, (subject, evidence) => {
        const line = { row: 'S2.3', check: 'ownerNamed', subject, kind: 'product', verdict: 'pass', evidence } as const;
        const [heading, read] = parse(membersAsCsv(LINE_COLUMNS, [line]));
        const back = Object.fromEntries((heading ?? []).map((name, at) => [name, read?.[at]]));
        const tame = (one: string) => one.replaceAll(/(?<=(?:^|[;\t\r\n])"*)[=+\-@＝＋－＠\t\r]/g, "'$&");
        expect(back).toMatchObject({ row: 'S2.3', subject: tame(subject), evidence: tame(evidence), use: '' });
      }),
    );
  });

  it('lets nothing be a formula', () => {
    fc.assert(
      fc.property(fc.constantFrom('=', '+', '-', '@', '\t', '\r'), fc.string(), (sign, rest) => {
        expect(cell(sign + rest).replace(/^"/, '')).toMatch(/^'/);
      }),
    );
  });

  it('lets nothing be one where cells are parted by semicolons and quotation marks within them count for nothing', () => {
    const sign = fc.constantFrom('=', '+', '-', '@', '＝', '＋', '－', '＠');
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom(';', '\t', '\n', '\r\n'),
        sign,
        fc.string(),
        fc.constantFrom('', '"', '""', '"""'),
        (before, part, first, rest, marks) => {
          const cells = cell(before + part + marks + first + rest).split(/[;\t\r\n]/);
          expect(cells.filter((one) => /^"*[=+\-@＝＋－＠]/.test(one))).toEqual([]);
        },
      ),
    );
    expect(cell("data;=cmd|' /C calc'!A0")).toBe("data;'=cmd|' /C calc'!A0");
    expect(cell(`data;"=cmd|' /C calc'!A0;`)).toBe(`"data;""'=cmd|' /C calc'!A0;"`);
    expect(cell('az keyvault update --name kv-orders')).toBe('az keyvault update --name kv-orders');
  });
});
