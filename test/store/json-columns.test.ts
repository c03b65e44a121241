import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/remediation/model/canonical.ts';
import { fromJsonColumns, toJsonColumns } from '../../src/store/json-columns.ts';

const rowWith = (value: unknown) => ({ partitionKey: 'p', rowKey: 'r', ...toJsonColumns(value) });

describe('JSON in columns', () => {
  it('comes back as it went in', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(fromJsonColumns(rowWith(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('takes as many columns as the service needs it to', () => {
    const value = 'x'.repeat(100_000);
    const row = rowWith(value);
    expect(fromJsonColumns(row)).toBe(value);
    for (const column of Object.values(row)) expect(column.length).toBeLessThanOrEqual(32 * 1024);
  });

  it('fits into a row though it is far too long for one, where it says the same of many', () => {
    const value = Array.from({ length: 20_000 }, (_, n) => ({ name: `orders${n}`, says: 'It is down. “Ä” \u{1f600}' }));
    const row = rowWith(value);
    const characters = Object.values(row).reduce((sum, column) => sum + column.length, 0);
    expect(JSON.stringify(value).length).toBeGreaterThan(1_000_000);
    expect(characters).toBeLessThanOrEqual(15 * 32_000);
    expect(fromJsonColumns(row)).toEqual(value);
  });

  it('is refused when no row can hold it', () => {
    const value = Array.from({ length: 20_000 }, (_, n) => sha256(String(n)));
    expect(() => toJsonColumns(value)).toThrow('store them as evidence');
  });

  it('that is damaged, or would unpack to more than any row was made of, throws and fills no memory', () => {
    const bomb = gzipSync(Buffer.alloc(128 * 1_024 * 1_024, 0x20)).toString('base64');
    const row = (text: string) => ({ partitionKey: 'p', rowKey: 'r', json0: text });
    expect(() => fromJsonColumns(row(`gzip:${bomb}`))).toThrow();
    expect(() => fromJsonColumns(row('gzip:H4sI'))).toThrow();
    expect(() => fromJsonColumns(row('gzip:'))).toThrow();
  });
});
