import type { Connection } from '../connection/connection.ts';
import { readFact } from '../failure/read-fact.ts';
import type { Target } from './target.ts';

type Blocked = Extract<Target, { kind: 'blocked' }>;

/**
 * Why this principal gets no access: it is the product itself, or it is unknown whether it is. No call except for a
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
