/**
 * Requests that fit the contract of a route, and requests that do not: made from the schemas by which the route reads. Knows
 * nothing of Vitest.
 */
import fc from 'fast-check';
import type { HostCall } from '../../local/call-host.ts';
import { ROUTES, type RouteName } from '../../src/surface.ts';
import { CONTRACT } from '../../src/web/contract/contract.ts';
import { schemaOf } from '../../src/web/contract/openapi/schemas.ts';
import type { ContractRow } from '../../src/web/contract/row.ts';
import { fitting, type Schema, unfitting } from './arbitrary-of-schema.ts';

type Parts = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
};

/** Names of the world, so that some requests find something. */
type Pool = readonly string[];

const routeNamed = (name: RouteName) => {
  const route = ROUTES.find((one) => one.name === name);
  if (!route) throw new Error(`There is no route ${name}`);
  return route;
};

const pathOf = (name: RouteName, params: Parts['params']): string =>
  `/api/${routeNamed(name).route.replaceAll(/\{(\w+)\}/g, (_all, param: string) => encodeURIComponent(params[param] ?? ''))}`;

const asCall = (name: RouteName, { params, query, body }: Parts, more = ''): HostCall => {
  const asked = new URLSearchParams(
    Object.entries(query).map(([key, value]): [string, string] => [key, String(value)]),
  );
  const search = [String(asked), more].filter(Boolean).join('&');
  const path = pathOf(name, params);
  return {
    method: routeNamed(name).method,
    path: search === '' ? path : `${path}?${search}`,
    ...(body !== undefined && { body }),
  };
};

const hex = (length: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...'0123456789abcdef'), { minLength: length, maxLength: length }).map((all) => all.join(''));

const paramsOf = ({ params = {} }: ContractRow, pool: Pool): fc.Arbitrary<Parts['params']> =>
  fc.record(
    Object.fromEntries(
      Object.entries(params).map(([name, { example }]) => [
        name,
        fc.oneof(fc.constant(example), fc.constantFrom(...pool), hex(40), hex(64)),
      ]),
    ),
  );

const bodyOf = ({ body }: ContractRow, pool: Pool): fc.Arbitrary<unknown> =>
  body
    ? fc.oneof(fc.constantFrom(...body.examples), fitting(schemaOf(body.schema) as Schema, pool))
    : fc.constant(undefined);

const partsOf = (row: ContractRow, pool: Pool): fc.Arbitrary<Parts> =>
  fc.record({
    params: paramsOf(row, pool),
    query: fitting(schemaOf(row.query) as Schema, pool) as fc.Arbitrary<Parts['query']>,
    body: bodyOf(row, pool),
  });

/** A valid request. */
export const fittingRequest = (name: RouteName, pool: Pool): fc.Arbitrary<HostCall> =>
  partsOf(CONTRACT[name], pool).map((parts) => asCall(name, parts));

const UNKNOWN = ['verdikt=fail', '$filter=true', 'Key=x', 'dryrun=true', '=', 'code2=x'];

/** Query values that no schema accepts. Of a parameter that is given twice the host passes on one. */
const wrongQueries = ({ query }: ContractRow): readonly string[] => {
  const { properties = {} } = schemaOf(query) as Schema;
  return Object.entries(properties).flatMap(([name, { enum: words, type }]) =>
    words || type === 'boolean' ? [`${name}=neither`] : [],
  );
};

/** An invalid request: in its query, or in its body. */
export const unfittingRequest = (name: RouteName, pool: Pool): fc.Arbitrary<HostCall> => {
  const row: ContractRow = CONTRACT[name];
  const parts = partsOf(row, pool);
  const wrong = [...UNKNOWN, ...wrongQueries(row)];
  const inQuery = fc.tuple(parts, fc.constantFrom(...wrong)).map(([right, more]) => {
    const named = new Set([...new URLSearchParams(more).keys()]);
    const query = Object.fromEntries(Object.entries(right.query).filter(([key]) => !named.has(key)));
    return asCall(name, { ...right, query }, more);
  });
  if (!row.body || routeNamed(name).method === 'DELETE') return inQuery;
  const inBody = fc
    .tuple(parts, unfitting(schemaOf(row.body.schema) as Schema, pool))
    .map(([right, body]) => asCall(name, { ...right, body }));
  return fc.oneof(inQuery, inBody);
};
