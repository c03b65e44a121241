import type { OwnGrant, OwnRights } from '../../posture/coverage-facts.ts';
import { apiVersion } from '../../remediation/model/api-versions.ts';
import { type Fact, present, unknown } from '../../remediation/model/facts.ts';
import type { Connection } from '../connection/connection.ts';
import { inParallel } from '../connection/in-parallel.ts';
import { listOwnAssignments, type OwnAssignment } from '../connection/own-assignments.ts';
import { firstScope } from '../connection/scope.ts';
import { readFact } from '../failure/read-fact.ts';
import { unreadOf } from './unread-of.ts';

type Block = Readonly<Partial<Record<'actions' | 'notActions' | 'dataActions' | 'notDataActions', readonly string[]>>>;
type Definition = { readonly properties?: { readonly permissions?: readonly Block[] } };

const grantsOf = ({ scope, id, condition }: OwnAssignment, { properties }: Definition): readonly OwnGrant[] =>
  (properties?.permissions ?? []).map((block) => ({
    scope,
    actions: block.actions ?? [],
    notActions: block.notActions ?? [],
    dataActions: block.dataActions ?? [],
    notDataActions: block.notDataActions ?? [],
    assignmentId: id,
    ...(condition !== undefined && { condition }),
  }));

/** The rights that these assignments give to the product: one call per role. */
export const readGrantsOf = async (
  connection: Connection,
  held: readonly OwnAssignment[],
): Promise<readonly OwnGrant[]> => {
  const client = await connection.arm();
  const ids = [...new Set(held.map(({ definitionId }) => definitionId))];
  const read = await inParallel(
    ids,
    async (id) =>
      [id, (await client.get(id, apiVersion('Microsoft.Authorization/roleDefinitions'))) as Definition] as const,
  );
  const definitions = new Map(read);
  return held.flatMap((one) => grantsOf(one, definitions.get(one.definitionId) ?? {}));
};

/** A list that was not read may hold any assignment in its scope: there the rights of the product are unknown. */
const readGrants = async (
  connection: Connection,
): Promise<Pick<OwnRights, 'unread'> & { grants: readonly OwnGrant[] }> => {
  const { assignments, unread } = await listOwnAssignments(connection);
  return {
    grants: await readGrantsOf(connection, assignments),
    unread: unread.map((one) => unreadOf('the roles of the product', one)),
  };
};

/**
 * The product's identity, and the roles that it holds itself in its scopes and above: one list per scope and one call
 * per role. Roles through a group are not seen.
 */
export const readOwnRights = async (connection: Connection): Promise<Fact<OwnRights>> => {
  const scope = firstScope(connection.scopes());
  const objectId = await readFact(
    { what: 'the identity of the product', scope },
    async () => (await connection.ownIdentity()).objectId,
  );
  if (objectId.kind !== 'present') return objectId;
  const read = await readFact({ what: 'the roles of the product', scope }, () => readGrants(connection));
  const own = { objectId: objectId.value };
  if (read.kind === 'unknown') return present({ ...own, grants: read });
  if (read.kind === 'absent') return present({ ...own, grants: unknown(`${scope} does not exist`) });
  const { grants, unread } = read.value;
  return present({ ...own, grants: present(grants), ...(unread && { unread }) });
};
