import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
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

  it('is refused when no row can hold it', () => {
    expect(() => toJsonColumns('x'.repeat(500_000))).toThrow('store them as evidence');
  });
});
