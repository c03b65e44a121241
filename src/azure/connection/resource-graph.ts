import { apiVersion } from '../../remediation/model/api-versions.ts';
import type { Fact } from '../../remediation/model/facts.ts';
import { readFact } from '../failure/read-fact.ts';
import { entriesOf } from '../http/pages.ts';
import type { Connection } from './connection.ts';
import { firstScope, isWithin, subscriptionsIn } from './scope.ts';

/** A row of a query's result. Its other columns are those that the query selects. */
export type GraphRow = Readonly<Record<string, unknown>> & { readonly id: string };

/**
 * Microsoft.ResourceGraph/resources: Azure's resources as they were some seconds ago. It hides resources that the
 * product may not read, without saying so. So it tells where to look and how much; no decision uses it.
 */
export type ResourceGraph = {
  /**
   * The rows within the scopes. One call for each 1,000 rows. The query must keep the column `id`, or all rows after
   * the first page are lost. `what` begins the sentence about a failure: `the machines of …`. May throw
   * `AzureUnavailable`.
   */
  query(what: string, query: string): Promise<Fact<readonly GraphRow[]>>;
};

type Page = { readonly data?: unknown; readonly $skipToken?: string };

const PATH = '/providers/Microsoft.ResourceGraph/resources';
const API = apiVersion('Microsoft.ResourceGraph/resources');
const PAGE_ROWS = 1_000;
/** The most subscriptions that a query may name (Microsoft Learn, "Azure Resource Graph: query scope"). */
const MOST_SUBSCRIPTIONS = 1_000;

export const openResourceGraph = ({ arm, scopes }: Pick<Connection, 'arm' | 'scopes'>): ResourceGraph => {
  const readPages = async (subscriptions: readonly string[], query: string): Promise<readonly GraphRow[]> => {
    const rows: GraphRow[] = [];
    let $skipToken: string | undefined;
    do {
      const options = { resultFormat: 'objectArray', $top: PAGE_ROWS, ...($skipToken && { $skipToken }) };
      const page = ((await (await arm()).query(PATH, API, { subscriptions, query, options })) ?? {}) as Page;
      rows.push(...(entriesOf(page.data) as readonly GraphRow[]));
      $skipToken = page.$skipToken;
    } while ($skipToken);
    return rows;
  };
  const readAll = async (query: string): Promise<readonly GraphRow[]> => {
    const now = scopes();
    const subscriptions = subscriptionsIn(now);
    const rows: GraphRow[] = [];
    for (let start = 0; start < subscriptions.length; start += MOST_SUBSCRIPTIONS)
      rows.push(...(await readPages(subscriptions.slice(start, start + MOST_SUBSCRIPTIONS), query)));
    return rows.filter(({ id }) => isWithin(id, now));
  };
  return {
    query: (what, query) => readFact({ what, scope: firstScope(scopes()) }, () => readAll(query)),
  };
};
