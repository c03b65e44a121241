import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../../../local/cloud/resource-graph/query.ts';

const rows = [
  { id: '/a', name: 'a', type: 'microsoft.dbformysql/servers', properties: { userVisibleState: 'Ready', n: 3 } },
  { id: '/b', name: 'b', type: 'microsoft.dbformysql/flexibleservers', properties: { state: 'Ready', flag: true } },
  { id: '/c', name: 'C', type: 'microsoft.compute/disks', properties: { pools: [{ name: 'p' }, { name: 'q' }] } },
];

const names = (query: string) =>
  parseQuery(query)
    .run(rows)
    .map(({ name }) => name);
const first = (query: string) => parseQuery(query).run(rows)[0];

describe('a query of Resource Graph', () => {
  it.each([
    ["where type in~ ('Microsoft.DBforMySQL/servers', 'MICROSOFT.compute/disks')", ['a', 'C']],
    ["where type in ('Microsoft.DBforMySQL/servers')", []],
    ["where type !in~ ('microsoft.compute/disks')", ['a', 'b']],
    ["where type =~ 'Microsoft.Compute/Disks'", ['C']],
    ["where type !~ 'microsoft.compute/disks' and name == 'b'", ['b']],
    ["where name == 'a' or name == 'C' and properties.n == 3", ['a']],
    ["where (name == 'a' or name == 'C') and isempty(properties.n)", ['C']],
    ["where name =~ 'A' and not(properties.n > 3)", ['a']],
    ['where properties.flag == true', ['b']],
    ['where properties.userVisibleState == "Ready"', ['a']],
    ['where properties.uservisiblestate == "Ready"', []],
    ["where properties['state'] startswith 'rea'", ['b']],
    ["where type contains 'MYSQL' and type !endswith 'servers'", []],
    ["where properties.pools[1].name == 'q'", ['C']],
    ['where true // a comment with | a bar', ['a', 'b', 'C']],
    ['order by name asc', ['C', 'a', 'b']],
    ['sort by name', ['b', 'a', 'C']],
    ['order by id desc | take 2', ['C', 'b']],
  ])('%s', (stage, expected) => {
    expect(names(`resources | ${stage}`)).toEqual(expected);
  });

  it('makes columns, and keeps only those that are asked for', () => {
    const query = `resources | extend state = tostring(case(type endswith '/servers', properties.userVisibleState, '')),
      bad = toint('x') | project id, state, upper=toupper(name), bad`;
    expect(first(query)).toEqual({ id: '/a', state: 'Ready', upper: 'A', bad: null });
  });

  it('makes a row of every item', () => {
    const query = 'Resources | mv-expand pool=properties.pools | project id, pool=tostring(pool.name)';
    expect(parseQuery(query).run(rows)).toEqual([
      { id: '/c', pool: 'p' },
      { id: '/c', pool: 'q' },
    ]);
  });

  it.each([
    ['nothing', /table 'nothing'/],
    ['resources | summarize count() by type', /operator 'summarize'/],
    ['resources | where bag_keys(properties) == 1', /function 'bag_keys'/],
    ['resources | constructor', /operator 'constructor'/],
    ['resources | where toString(id)', /function 'toString'/],
    ['resources | where colour == 1', /column 'colour'/],
    ['resources | project id | where type == 1', /column 'type'/],
    ["resources | where type =~ 'a", /unexpected/],
    ['resources | where', /ends too early/],
    ['resources | where id in', /expected/],
    ['resources | where tobool() == true', /does not take 0/],
    ['resources where true', /begins with 'where'/],
  ])('%s is refused with the reason', (query, reason) => {
    expect(() => parseQuery(query)).toThrow(reason);
  });

  it('never does anything but parse or say why not', () => {
    const piece = fc.constantFrom(
      'resources',
      '|',
      'where',
      'type',
      '=~',
      "'x'",
      '(',
      ')',
      'and',
      'project',
      ',',
      '[',
      '0',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        try {
          parseQuery(pieces.join(' ')).run(rows);
        } catch (error) {
          expect(error).toMatchObject({ name: 'QueryError' });
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('a text in quotes stays what it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const quoted = `'${text.replace(/[\\']/g, (sign) => `\\${sign}`)}'`;
        expect(first(`resources | project text=${quoted} | take 1`)).toEqual({ text });
      }),
    );
  });
});
