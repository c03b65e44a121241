import type { Durable, Guardian } from '../loop/guardian.ts';
import type { Route, Way } from '../surface.ts';
import { admitCaller } from './access.ts';
import { refusedPath } from './contract/read-params.ts';
import { readQuery } from './contract/read-query.ts';
import type { ContractRow } from './contract/row.ts';
import type { Door, DoorAnswer } from './door.ts';
import { followable } from './followable.ts';
import { BOUNDS, type SentRequest, toDoorRequest } from './read-body.ts';

/** `Query`: the query as the row of the contract reads it. */
export type Entrance<Query> = {
  readonly one: Pick<Route, 'route' | 'opens' | 'keyed' | 'takes'>;
  readonly way: Way;
  readonly row: Pick<ContractRow, 'query' | 'params'>;
  readonly door: Door<Query>;
};

/**
 * Calls the handler for an admitted caller, once the path and the query are understood. For any other caller nothing is read.
 */
export const enter = async <Query>(
  { one, way, row, door }: Entrance<Query>,
  request: SentRequest,
  guardian: Guardian,
  durable: Durable,
): Promise<DoorAnswer> => {
  const access = await admitCaller(one, way, request, guardian.settings);
  if (access.kind === 'closed') return access.answer;
  const nowhere = refusedPath(row, request.params);
  if (nowhere) return followable(nowhere, way);
  const query = readQuery(row, request.query);
  if (query.kind === 'refused') return followable(query.answer, way);
  const { params, body, accepts = {} } = request;
  const { caller } = access;
  const answer = await door(
    toDoorRequest({ params, query: query.value as Query, caller, accepts, body }, BOUNDS[one.takes]),
    guardian,
    durable,
  );
  return followable(answer, way);
};
