import { ROUTES, twinOf } from '../../../surface.ts';
import { CONTRACT } from '../contract.ts';
import type { Body, ContractRow } from '../row.ts';
import { parametersOf } from './parameters.ts';
import { type RefTo, responsesOf } from './responses.ts';
import { schemaOf } from './schemas.ts';
import { securityOf, securityOfTwin } from './security.ts';
import { tagOf } from './tags.ts';

const requestBodyOf = ({ schema, examples }: Body) => ({
  content: {
    'application/json': {
      schema: schemaOf(schema),
      examples: Object.fromEntries(examples.map((value, at) => [`example${at + 1}`, { value }])),
    },
  },
});

const KEYED_UNLESS = 'Where people approve (`GUARDIAN_APPROVER_TENANT` is set), no key does this.';

type Registered = {
  readonly path: string;
  readonly method: string;
  readonly operation: Readonly<Record<string, unknown>>;
};

type RouteOfTable = (typeof ROUTES)[number];

const operationOf = (route: RouteOfTable, refTo: RefTo) => {
  const row: ContractRow = CONTRACT[route.name];
  const parameters = parametersOf(row);
  return {
    summary: row.summary,
    ...(row.instead && {
      deprecated: true,
      description: `Use \`${row.instead}\`: the next version knows no other name.`,
    }),
    tags: [tagOf(route)],
    ...(parameters.length > 0 && { parameters }),
    ...(row.body && { requestBody: requestBodyOf(row.body) }),
    responses: responsesOf(route, refTo),
  };
};

const registeredAs = (route: RouteOfTable, refTo: RefTo): readonly Registered[] => {
  const { name, keyed } = route;
  const method = route.method.toLowerCase();
  const operation = operationOf(route, refTo);
  const itself = { operationId: name, ...operation, security: securityOf(route) };
  const { 308: _moved, ...responses } = operation.responses;
  const twin = {
    operationId: `keyed-${name}`,
    ...operation,
    responses,
    ...(keyed.level !== 'none' && keyed.unlessPeopleApprove && { description: KEYED_UNLESS }),
    security: securityOfTwin(route),
  };
  return [
    { path: `/api/${route.route}`, method, operation: itself },
    ...(keyed.level === 'none' ? [] : [{ path: `/api/${twinOf(route)}`, method, operation: twin }]),
  ];
};

/** Every operation by path and method: of each route, and of its twin below `/api/keyed`, which a function key opens. */
export const pathsOf = (refTo: RefTo): Readonly<Record<string, Readonly<Record<string, unknown>>>> => {
  const all = ROUTES.flatMap((route) => registeredAs(route, refTo));
  const byPath = Map.groupBy(all, ({ path }) => path);
  return Object.fromEntries(
    [...byPath].map(([path, ones]) => [
      path,
      Object.fromEntries(ones.map(({ method, operation }) => [method, operation])),
    ]),
  );
};
