import { describe, expect, it } from 'vitest';
import { auditRows } from '../../../src/azure/connection/audit-rows.ts';

const NAMES = ['At', 'Op', 'Code', 'Uri', 'Oid', 'Upn', 'AppId', 'Correlation'];
const answer = (...rows: readonly unknown[]) => ({
  tables: [{ name: 'PrimaryResult', columns: NAMES.map((name) => ({ name, type: 'string' })), rows }],
});
const read = (...rows: readonly unknown[]) => auditRows(answer(...rows));
const row = (at: string, op: string, oid = '', upn = '', appId = '', correlation = 'c') => [
  at,
  op,
  200,
  'https://kv.vault.azure.net/keys/cmk',
  oid,
  upn,
  appId,
  correlation,
];
const AT = '2026-03-02T00:10:00Z';

describe('The rows of an audit log', () => {
  it('tell who did what and when, oldest first: a person by name, else an object id with its application', () => {
    const acts = read(
      row('2026-03-02T00:20:00.1234567Z', 'KeyUpdate', 'oid-2', '', 'app-2', 'c-2'),
      row(AT, 'KeyDelete', 'oid-1', 'eve@contoso.com', 'app-1', 'c-1'),
    );
    expect(acts).toEqual([
      {
        at: AT,
        operation: 'KeyDelete',
        caller: 'eve@contoso.com',
        resourceId: 'https://kv.vault.azure.net/keys/cmk',
        correlationId: 'c-1',
      },
      expect.objectContaining({ operation: 'KeyUpdate', caller: 'oid-2 of application app-2', correlationId: 'c-2' }),
    ]);
    expect(read(row(AT, 'KeyDelete', '', '', 'app'), row(AT, 'KeyDelete'))?.map(({ caller }) => caller)).toEqual([
      'application app',
      'somebody',
    ]);
  });

  it('are found by the names of the columns, in whatever order', () => {
    const columns = ['Op', 'Oid', 'At', 'Uri'].map((name) => ({ name }));
    const tables = [
      { name: 'Other' },
      {
        name: 'PrimaryResult',
        columns,
        rows: [['KeyPurge', 'oid', AT, 'https://KV.vault.azure.net:443/deletedKeys/CMK?x=1']],
      },
    ];
    expect(auditRows({ tables })).toMatchObject([
      { at: AT, operation: 'KeyPurge', caller: 'oid', resourceId: 'https://kv.vault.azure.net/keys/cmk' },
    ]);
  });

  it('are what somebody may have chosen: a name stays in its line and ends, and no row is read beyond the five hundredth', () => {
    const [act] = read(row(AT, 'KeyDelete', 'oid', `eve\r\n\u2028APPROVED ${'x'.repeat(1_000)}`)) ?? [];
    expect(act?.caller).toMatch(/^eve {3}APPROVED x+$/);
    expect(act?.caller.length).toBe(100);
    expect(read(...Array.from({ length: 510 }, () => row(AT, 'KeyDelete')))).toHaveLength(500);
  });

  it('that tell no time or no operation are left out', () => {
    expect(read(row('yesterday', 'KeyDelete'), row(AT, 'Key Delete\n'), row(AT, ''), null, {}, 'x', [])).toEqual([]);
  });

  it.each([
    undefined,
    null,
    'text',
    {},
    { tables: {} },
    { tables: [] },
    { tables: [null] },
    { tables: [{ name: 'PrimaryResult' }] },
    { tables: [{ name: 'PrimaryResult', columns: 'x', rows: [] }] },
  ])('are none, and not an empty list, where the answer is no table: %j', (body) => {
    expect(auditRows(body)).toBeUndefined();
  });
});
