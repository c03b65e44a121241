import type { PipelinePolicy, PipelineResponse } from '@azure/core-rest-pipeline';

/**
 * The SDK holds every column of a page against its model of an answer and copies each row twice: that takes six times as long
 * as to read the JSON, of tens of thousands of rows a minute. So the page is taken out of the answer before the SDK sees it.
 * The request, its retries, refusals and the token of the next page stay the SDK's.
 */

type SentRow = Readonly<Record<string, unknown>>;

/** Its columns by name, with `partitionKey`, `rowKey` and `etag` beside them. */
type Columns = Readonly<Record<string, string | number | boolean>>;

/** The pages that were taken out of an answer: for as long as the answer is held. */
const taken = new WeakMap<PipelineResponse, string>();

const NO_ROWS = '{"value":[]}';

/** A query is the only read of a path that ends so. */
const isQuery = ({ method, url }: { readonly method: string; readonly url: string }): boolean =>
  method === 'GET' && new URL(url).pathname.endsWith('()');

/** Stands behind the SDK's own reading of an answer (`afterPhase: 'Deserialize'`). */
export const takeRows: PipelinePolicy = {
  name: 'takeRows',
  sendRequest: async (request, next) => {
    const response = await next(request);
    if (response.status !== 200 || !response.bodyAsText || !isQuery(request)) return response;
    taken.set(response, response.bodyAsText);
    response.bodyAsText = NO_ROWS;
    return response;
  },
};

/** Types that JSON shows as they are. The product writes no other one, and a column of another type counts as not there. */
const PLAIN: ReadonlySet<unknown> = new Set(['Edm.String', 'Edm.Int32', 'Edm.Double', 'Edm.Boolean']);

const TYPE = '@odata.type';

const NAMES: Readonly<Record<string, string>> = {
  PartitionKey: 'partitionKey',
  RowKey: 'rowKey',
  'odata.etag': 'etag',
};

/** The service's own time of the last write, which the product never uses. */
const TIMESTAMP = 'Timestamp';

const columnsOf = (sent: SentRow): Columns => {
  const row: Record<string, string | number | boolean> = {};
  for (const name in sent) {
    if (name === TIMESTAMP || name.endsWith(TYPE)) continue;
    const type = sent[`${name}${TYPE}`];
    if (type === undefined || PLAIN.has(type)) row[NAMES[name] ?? name] = sent[name] as string | number | boolean;
  }
  return row;
};

/**
 * The rows of the page in this answer; `undefined` where it is no page, such as a refusal.
 * @throws SyntaxError where it holds no JSON, and TypeError where it holds no rows, not even none
 */
export const rowsIn = (response: PipelineResponse): readonly Columns[] | undefined => {
  const text = taken.get(response);
  return text === undefined
    ? undefined
    : (JSON.parse(text) as { readonly value: readonly SentRow[] }).value.map(columnsOf);
};
