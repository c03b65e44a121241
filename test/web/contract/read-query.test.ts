import { describe, expect, it } from 'vitest';
import { ROUTES } from '../../../src/surface.ts';
import { CONTRACT } from '../../../src/web/contract/contract.ts';
import { readQuery } from '../../../src/web/contract/read-query.ts';
import type { ContractRow } from '../../../src/web/contract/row.ts';

const ROWS = Object.entries(CONTRACT) as readonly [string, ContractRow][];
/** Azure would never deliver again what was refused for a parameter of its address. */
const STRICT = ROWS.filter(([name]) => name !== 'receive-alert');

const read = (row: ContractRow, query: string) => readQuery(row, new URLSearchParams(query));
const detail = (matching: RegExp) => ({
  kind: 'refused',
  answer: {
    status: 400,
    headers: { 'content-type': 'application/problem+json' },
    body: { type: '/api/problems/BadRequest', status: 400, detail: expect.stringMatching(matching) },
  },
});

describe('A query', () => {
  it.each(STRICT)('of %s is refused where a parameter is unknown, with those that are known', (_name, row) => {
    const known = Object.keys(row.query.def.shape);
    const names = known.length > 0 ? `There are ${known.join(', ')}\\.` : 'This takes none\\.';
    const query = `${row.exampleQuery ?? ''}&verdikt=fail`;
    expect(read(row, query)).toMatchObject(detail(new RegExp(`^There is no parameter 'verdikt'\\. ${names}$`)));
  });

  it.each(ROWS)('of %s is taken as in its example, and beside the key of the host', (_name, row) => {
    const names = [...new URLSearchParams(row.exampleQuery).keys()];
    const taken = read(row, `${row.exampleQuery ?? ''}&code=secret`);
    expect(taken.kind === 'value' && Object.keys(taken.value).toSorted()).toEqual(names.toSorted());
  });

  it('of an alert may have parameters of its sender: an alert that is refused is lost', () => {
    expect(read(CONTRACT['receive-alert'], 'from=paging&from=hook')).toMatchObject({ kind: 'value' });
  });

  it.each([
    ['get-ledger', '', /key: name a key: \?key=/],
    ['get-posture', 'verdict=bad', /verdict: there is no such; there are pass, fail, unknown, notApplicable/],
    ['list-reconciliations', 'fault=nonsense', /fault: there is no such; there are .*, notAssessed\.$/],
    ['get-posture', 'part=-1', /part: write a number/],
    ['get-posture', 'part=1&part=2', /'part' is given more than once/],
    ['get-coverage', 'gaps=yes', /gaps: write true or false/],
    ['resume', 'why=%20', /why: write a reason/],
    ['resume', `why=${'x'.repeat(501)}`, /why: write at most 500 characters/],
    ['allow-healing', 'why=over', /target: it is missing\.$/],
    ['pause', `${'x'.repeat(9_000)}=1`, /^There is no parameter 'x{100}'\. This takes none\.$/],
  ] as const)('of %s is refused as %p, in words', (name, query, words) => {
    expect(read(CONTRACT[name], query)).toMatchObject(detail(words));
  });

  it('is read as its door takes it: words in any case, flags as such', () => {
    expect(read(CONTRACT['get-posture'], 'verdict=NOTAPPLICABLE&row=s1.1')).toMatchObject({
      value: { verdict: 'notApplicable', row: 'S1.1' },
    });
    expect(read(CONTRACT['get-coverage'], 'gaps=false')).toMatchObject({ value: { gaps: false } });
  });
});

describe('The contract', () => {
  it('has a row for every route, and says what is in its path', () => {
    expect(Object.keys(CONTRACT).toSorted()).toEqual(ROUTES.map(({ name }) => name).toSorted());
    for (const { name, route } of ROUTES) {
      const inPath = [...route.matchAll(/\{(\w+)\}/g)].map(([, param]) => param);
      expect([name, ...Object.keys((CONTRACT[name] as ContractRow).params ?? {})]).toEqual([name, ...inPath]);
    }
  });

  const BODIES = ROWS.flatMap(([name, { body }]) => (body ? [[name, body] as const] : []));
  it.each(BODIES)('shows bodies of %s that it takes', (_name, { schema, examples }) => {
    for (const example of examples) expect(schema.safeParse(example)).toMatchObject({ success: true });
  });
});
