import type { Connection } from '../connection/connection.ts';
import { readFact } from '../failure/read-fact.ts';
import type { Target } from './target.ts';

type Blocked = Extract<Target, { kind: 'blocked' }>;

/**
 * Why nothing is given to this principal: it is the product itself, or nobody can tell that it is not. No call but for a
 * token, which the write needs anyway.
 */
export const refuseSelf = async (
  { ownIdentity }: Pick<Connection, 'ownIdentity'>,
  principalId: string,
): Promise<Blocked | undefined> => {
  const own = await readFact({ what: 'the identity of the product' }, ownIdentity);
  if (own.kind !== 'present')
    return { kind: 'blocked', why: own.kind === 'unknown' ? own.reason : 'the product has no identity' };
  return own.value.objectId === principalId.toLowerCase()
    ? { kind: 'blocked', why: `${principalId} is the product itself, which gives itself nothing` }
    : undefined;
};
