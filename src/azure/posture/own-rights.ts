import type { OwnGrant, OwnRights } from '../../posture/coverage-facts.ts';
import { apiVersion } from '../../remediation/model/api-versions.ts';
import { type Fact, present, unknown } from '../../remediation/model/facts.ts';
import type { Connection } from '../connection/connection.ts';
import { inParallel } from '../connection/in-parallel.ts';
import { outermost } from '../connection/scope.ts';
import { readFact } from '../failure/read-fact.ts';

const ASSIGNMENTS = 'Microsoft.Authorization/roleAssignments';

type Assignment = { readonly properties?: { readonly scope?: string; readonly roleDefinitionId?: string } };
type Block = Readonly<Partial<Record<'actions' | 'notActions' | 'dataActions' | 'notDataActions', readonly string[]>>>;
type Definition = { readonly properties?: { readonly permissions?: readonly Block[] } };

/** Object id of the product's own identity, by its own token. */
const ownObjectId = async ({ cloud, credential }: Connection): Promise<string> => {
  const token = await (await credential()).getToken(`${cloud.armEndpoint}/.default`);
  const { decodeJwt } = await import('jose');
  const objectId = token && decodeJwt(token.token)['oid'];
  if (typeof objectId !== 'string') throw new Error('the token of the managed identity names no object id');
  return objectId.toLowerCase();
};

const grantsOf = (scope: string, { properties }: Definition): readonly OwnGrant[] =>
  (properties?.permissions ?? []).map((block) => ({
    scope,
    actions: block.actions ?? [],
    notActions: block.notActions ?? [],
    dataActions: block.dataActions ?? [],
    notDataActions: block.notDataActions ?? [],
  }));

const readGrants = async ({ arm, scopes }: Connection, objectId: string): Promise<readonly OwnGrant[]> => {
  const client = await arm();
  const $filter = `principalId eq '${objectId}'`;
  const lists = await inParallel(outermost(scopes), ({ id }) =>
    client.list(`${id}/providers/${ASSIGNMENTS}`, apiVersion(ASSIGNMENTS), { $filter }),
  );
  const held = (lists.flat() as readonly Assignment[]).flatMap(({ properties: { scope, roleDefinitionId } = {} }) =>
    scope !== undefined && roleDefinitionId !== undefined ? [{ scope: scope.toLowerCase(), roleDefinitionId }] : [],
  );
  const ids = [...new Set(held.map(({ roleDefinitionId }) => roleDefinitionId))];
  const read = await inParallel(
    ids,
    async (id) =>
      [id, (await client.get(id, apiVersion('Microsoft.Authorization/roleDefinitions'))) as Definition] as const,
  );
  const definitions = new Map(read);
  return held.flatMap(({ scope, roleDefinitionId }) => grantsOf(scope, definitions.get(roleDefinitionId) ?? {}));
};

/**
 * Who the product is, and what it was given itself in its scopes and above: one list per scope and one call per role. What
 * it has through a group is not seen.
 */
export const readOwnRights = async (connection: Connection): Promise<Fact<OwnRights>> => {
  const scope = connection.scopes[0]?.id ?? '';
  const objectId = await readFact({ what: 'the identity of the product', scope }, () => ownObjectId(connection));
  if (objectId.kind !== 'present') return objectId;
  const grants = await readFact({ what: 'the roles of the product', scope }, () =>
    readGrants(connection, objectId.value),
  );
  const known: Fact<readonly OwnGrant[]> = grants.kind === 'absent' ? unknown(`${scope} does not exist`) : grants;
  return present({ objectId: objectId.value, grants: known });
};
