import { describe, expect, it } from 'vitest';
import { ROUTES, type RouteName } from '../../../src/surface.ts';
import { CONTRACT } from '../../../src/web/contract/contract.ts';
import { openApiDocument } from '../../../src/web/contract/openapi/document.ts';
import { refusedPath } from '../../../src/web/contract/read-params.ts';
import type { ContractRow } from '../../../src/web/contract/row.ts';

const rowOf = (name: RouteName): ContractRow => CONTRACT[name];
const withPath = ROUTES.filter(({ name }) => rowOf(name).params !== undefined);
const NAMES = /\{(\w+)\}/g;

describe('A name in a path', () => {
  it.each(withPath.map(({ name, route }) => [name, route] as const))(
    'of %s has a form, and its example has it',
    (name, route) => {
      const row = rowOf(name);
      const examples = Object.fromEntries(Object.entries(row.params ?? {}).map(([one, { example }]) => [one, example]));
      expect(Object.keys(examples)).toEqual([...route.matchAll(NAMES)].map(([, one]) => one));
      expect(refusedPath(row, examples)).toBeUndefined();
      for (const sent of [{}, { ...examples, [Object.keys(examples)[0] ?? '']: 'x'.repeat(3_000) }])
        expect(refusedPath(row, sent)).toMatchObject({
          status: 404,
          body: { detail: expect.stringContaining('such as') },
        });
    },
  );

  it.each<[RouteName, string, string]>([
    ['get-plan', 'planId', 'orders'],
    ['approve-plan', 'planId', '12345'],
    ['get-evidence', 'hash', '../secrets'],
    ['get-incident', 'id', 'a b'],
    ['get-quarantined', 'id', "x' or RowKey ne '"],
  ])('of %s that has another form is nothing: %s = %s', (route, name, value) => {
    expect(refusedPath(rowOf(route), { [name]: value })).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining(value) },
    });
  });

  it('is shown by the document in the form by which it is read', () => {
    const { paths } = openApiDocument() as unknown as {
      readonly paths: Readonly<
        Record<string, Readonly<Record<string, { parameters?: readonly { in: string; schema: object }[] }>>>
      >;
    };
    const shown = paths['/api/plans/{planId}']?.['get']?.parameters?.find((one) => one.in === 'path')?.schema;
    expect(shown).toMatchObject({ type: 'string', pattern: expect.stringContaining('{6,64}') });
  });
});
