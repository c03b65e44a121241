import { apiVersion } from '../../remediation/model/api-versions.ts';
import type { Connection } from './connection.ts';
import { definitionIn } from './definition-in.ts';
import { inParallel } from './in-parallel.ts';
import { outermost } from './scope.ts';

/** A role assignment of the product's own principal. */
export type OwnAssignment = {
  /** ARM id, as Azure spells it. */
  readonly id: string;
  /** ARM id, lower-cased. */
  readonly scope: string;
  readonly roleDefinitionId: string;
  /** The id under which the product may read that role. */
  readonly definitionId: string;
  readonly condition?: string;
  /** Object id, lower-cased, of the last writer; empty where Azure does not tell. */
  readonly writtenBy: string;
  /** ISO 8601. */
  readonly writtenOn: string;
};

type Listed = {
  readonly id?: string;
  readonly properties?: {
    readonly scope?: string;
    readonly roleDefinitionId?: string;
    readonly condition?: string | null;
    readonly createdBy?: string | null;
    readonly updatedBy?: string | null;
    readonly updatedOn?: string | null;
  };
};

/** `unread`: scopes whose list was refused, and why. */
export type OwnAssignments = {
  readonly assignments: readonly OwnAssignment[];
  readonly unread: readonly { readonly id: string; readonly error: unknown }[];
};

const ASSIGNMENTS = 'Microsoft.Authorization/roleAssignments';

const ownAssignment = (listedAt: string, { id, properties = {} }: Listed): readonly OwnAssignment[] => {
  const { scope, roleDefinitionId, condition, createdBy, updatedBy, updatedOn } = properties;
  if (id === undefined || scope === undefined || roleDefinitionId === undefined) return [];
  const written = { writtenBy: (updatedBy ?? createdBy ?? '').toLowerCase(), writtenOn: updatedOn ?? '' };
  const definitionId = definitionIn(listedAt, roleDefinitionId);
  return [
    { id, scope: scope.toLowerCase(), roleDefinitionId, definitionId, ...(condition && { condition }), ...written },
  ];
};

/**
 * The roles that the product holds itself in its scopes, above and below: one list per scope. Roles through a group are
 * not seen. Where Azure refuses the list of one scope, the lists of the others count. Throws where Azure refuses all.
 */
export const listOwnAssignments = async ({ arm, ownIdentity, scopes }: Connection): Promise<OwnAssignments> => {
  const client = await arm();
  const { objectId } = await ownIdentity();
  const list = async (id: string): Promise<readonly OwnAssignment[]> => {
    const $filter = `principalId eq '${objectId}'`;
    const listed = await client.list(`${id}/providers/${ASSIGNMENTS}`, apiVersion(ASSIGNMENTS), { $filter });
    return (listed as readonly Listed[]).flatMap((one) => ownAssignment(id, one));
  };
  const asked = outermost(scopes());
  const lists = await inParallel(asked, ({ id }) => list(id).catch((error: unknown) => ({ id, error })));
  const unread = lists.flatMap((one) => ('error' in one ? [one] : []));
  if (unread[0] && unread.length === asked.length) throw unread[0].error;
  const all = lists.flatMap((one) => ('error' in one ? [] : one));
  return { assignments: [...new Map(all.map((one) => [one.id.toLowerCase(), one])).values()], unread };
};
