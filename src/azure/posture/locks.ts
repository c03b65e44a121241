import type { Lock } from '../../posture/facts.ts';
import { apiVersion } from '../../remediation/model/api-versions.ts';
import type { Fact } from '../../remediation/model/facts.ts';
import { extendedBy } from '../../remediation/model/resource-id.ts';
import type { Connection } from '../connection/connection.ts';
import { inParallel } from '../connection/in-parallel.ts';
import { firstScope, outermost } from '../connection/scope.ts';
import { readFact } from '../failure/read-fact.ts';

const LOCKS = 'Microsoft.Authorization/locks';

type LockJson = { readonly id?: string; readonly properties?: { readonly level?: string } };

const lockOf = ({ id = '', properties }: LockJson): readonly Lock[] => {
  const level = properties?.level;
  const scope = extendedBy(id).toLowerCase();
  return scope !== '' && (level === 'CanNotDelete' || level === 'ReadOnly') ? [{ id, level, scope }] : [];
};

/** Every lock in the scopes: one list each. Where a scope is a resource group, locks above it are not listed. */
export const readLocks = ({ arm, scopes }: Connection): Promise<Fact<readonly Lock[]>> =>
  readFact({ what: 'the locks', scope: firstScope(scopes()) }, async () => {
    const client = await arm();
    const lists = await inParallel(outermost(scopes()), ({ id }) =>
      client.list(`${id}/providers/${LOCKS}`, apiVersion(LOCKS)),
    );
    return (lists.flat() as readonly LockJson[]).flatMap(lockOf);
  });
