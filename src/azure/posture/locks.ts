import type { Lock } from '../../posture/facts.ts';
import { apiVersion } from '../../remediation/model/api-versions.ts';
import { type Fact, present } from '../../remediation/model/facts.ts';
import type { Unread } from '../../remediation/model/reach.ts';
import { extendedBy } from '../../remediation/model/resource-id.ts';
import type { Connection } from '../connection/connection.ts';
import { inParallel } from '../connection/in-parallel.ts';
import { outermost } from '../connection/scope.ts';
import { readFact } from '../failure/read-fact.ts';
import { type NotListed, unreadOf } from './unread-of.ts';

const LOCKS = 'Microsoft.Authorization/locks';

type LockJson = { readonly id?: string; readonly properties?: { readonly level?: string } };

const lockOf = ({ id = '', properties }: LockJson): readonly Lock[] => {
  const level = properties?.level;
  const scope = extendedBy(id).toLowerCase();
  return scope !== '' && (level === 'CanNotDelete' || level === 'ReadOnly') ? [{ id, level, scope }] : [];
};

export type Locks = { readonly locks: Fact<readonly Lock[]>; readonly unreadLocks: readonly Unread[] };

/**
 * Every lock in the scopes: one list each. Where Azure refuses the list of one scope, or does not answer, the lists of the others
 * count; throws `AzureUnavailable` where it answers for none. Where a scope is a resource group, locks above it are not listed.
 */
export const readLocks = async ({ arm, scopes }: Pick<Connection, 'arm' | 'scopes'>): Promise<Locks> => {
  const client = await arm();
  const list = async (id: string): Promise<readonly Lock[]> =>
    ((await client.list(`${id}/providers/${LOCKS}`, apiVersion(LOCKS))) as readonly LockJson[]).flatMap(lockOf);
  const asked = outermost(scopes());
  const lists = await inParallel(asked, ({ id }) => list(id).catch((error: unknown): NotListed => ({ id, error })));
  const refused = lists.flatMap((one) => ('error' in one ? [one] : []));
  const [first] = refused;
  if (first && refused.length === asked.length) {
    const what = { what: 'the locks', scope: first.id };
    return { locks: await readFact(what, () => Promise.reject(first.error)), unreadLocks: [] };
  }
  return {
    locks: present(lists.flatMap((one) => ('error' in one ? [] : one))),
    unreadLocks: refused.map((one) => unreadOf('the locks', one)),
  };
};
