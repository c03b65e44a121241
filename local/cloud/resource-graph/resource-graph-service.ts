import { AzureError } from '../arm/error.ts';
import type { Answer, Call, Service, World } from '../service.ts';
import type { Row } from './expression.ts';
import type { GraphIndex } from './graph-index.ts';
import { readableRows } from './graph-rows.ts';
import { parseQuery, type Query } from './query.ts';
import { QueryError } from './query-error.ts';
import { createQueryQuota } from './query-quota.ts';
import { type QueryRequest, readQueryRequest, skipToken } from './query-request.ts';

/** Microsoft.ResourceGraph/resources, 2021-03-01 and 2024-04-01: queries over the resources of every service. */
export const resourceGraphService = (world: World, index: GraphIndex): Service => {
  const quota = createQueryQuota(world.clock);
  const answer = createAnswer(world, index);
  return {
    name: 'resource-graph',
    breaks: [],
    routes: [
      {
        plane: 'arm',
        method: 'POST',
        path: '/providers/Microsoft.ResourceGraph/resources',
        apiVersions: ['2021-03-01', '2022-10-01', '2024-04-01'],
        readsOnly: true,
        handle: (call) => {
          const headers = quota.spend(call.caller.objectId);
          return { ...answer(call), headers };
        },
      },
    ],
    snapshot: () => ({ staleSeconds: world.switches.resourceGraphStaleSeconds ?? 0 }),
  };
};

/** The pages of one result that are asked for at one instant are cut from it without evaluating the query again. */
const createAnswer = (world: World, index: GraphIndex): ((call: Call) => Answer) => {
  let last: { key: string; rows: Row[] } = { key: '', rows: [] };
  return (call) => {
    const request = readQueryRequest(call.body);
    const query = understood(world, request.query);
    const key = JSON.stringify([request.query, request.subscriptions, call.caller.objectId, world.clock.now()]);
    if (request.skip === 0 || last.key !== key) {
      const rows = readableRows(world, index.rows(query.table), call.caller, request.subscriptions);
      last = { key, rows: query.run(rows) };
    }
    return { status: 200, body: pageOf(last.rows, request, query) };
  };
};

/** The parsed query, or 400. A query that Azure might answer and this cloud cannot is also logged. */
const understood = (world: World, text: string): Query => {
  try {
    return parseQuery(text);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    if (error.kind === 'not simulated') {
      world.log(`not simulated: ${error.message} in the Resource Graph query: ${text.replace(/\s+/g, ' ')}`);
      throw new AzureError(
        400,
        'NotSimulated',
        `The local cloud does not simulate ${error.message} of Resource Graph.`,
      );
    }
    throw new AzureError(400, 'BadRequest', `InvalidQuery: Query is invalid: ${error.message}.`);
  }
};

/**
 * There is a token for more rows only when the query keeps `id`; otherwise further rows are lost (working with large data sets).
 */
const pageOf = (rows: Row[], { skip, top }: QueryRequest, { columns }: Query) => {
  const data = rows.slice(skip, skip + top);
  const isMore = skip + top < rows.length;
  const hasToken = isMore && columns.has('id');
  return {
    totalRecords: rows.length,
    count: data.length,
    resultTruncated: String(isMore && !hasToken),
    ...(hasToken ? { $skipToken: skipToken(skip + top) } : {}),
    data,
    facets: [],
  };
};
