import { apiVersion } from '../../remediation/model/api-versions.ts';
import type { Fact } from '../../remediation/model/facts.ts';
import { formatResourceId, placeOf, within } from '../../remediation/model/resource-id.ts';
import type { Connection } from '../connection/connection.ts';
import { correlationIds, toFailure } from '../failure/failure.ts';
import { readFact } from '../failure/read-fact.ts';
import type { CallSubject } from '../failure/subject.ts';
import { type Assignment, roleAssignmentName } from './role-assignment-name.ts';
import { sendOnce } from './send-once.ts';
import type { Sent, Target } from './target.ts';

const ASSIGNMENTS = 'Microsoft.Authorization/roleAssignments';

type Listed = {
  readonly properties: {
    readonly scope: string;
    readonly roleDefinitionId: string;
    readonly principalId: string;
    readonly condition?: string | null;
  };
};

/**
 * The principal's assignments of this role that apply at the scope. `principalId eq` also lists assignments below the
 * scope.
 */
const readGiven = ({ arm }: Connection, { scope, principalId, roleId }: Assignment): Promise<Fact<readonly Listed[]>> =>
  readFact({ what: `the role assignments at ${scope}`, scope }, async () => {
    const listed = await (await arm()).list(`${scope}/providers/${ASSIGNMENTS}`, apiVersion(ASSIGNMENTS), {
      $filter: `principalId eq '${principalId}'`,
    });
    return (listed as readonly Listed[]).filter(
      ({ properties }) =>
        properties.principalId.toLowerCase() === principalId.toLowerCase() &&
        properties.roleDefinitionId.toLowerCase().endsWith(`/${roleId}`) &&
        within(scope, properties.scope),
    );
  });

/** An existing assignment of the same principal, role and scope under another name is the wanted result. */
const orExists = (error: unknown): (() => undefined) => {
  if (toFailure(error).code === 'RoleAssignmentExists') return () => undefined;
  throw error;
};

/**
 * One PUT with a name that is computed from the assignment. With `principalType`, Azure need not look up an identity
 * that is not replicated yet. The ARM client is used instead of `@azure/arm-authorization`: it sends once, its errors
 * keep their codes, and the scope's slash is not doubled.
 */
const send = ({ arm }: Connection, subject: CallSubject, assignment: Assignment, signal: AbortSignal): Promise<Sent> =>
  sendOnce(subject, async () => {
    const { scope, principalId, roleId } = assignment;
    const { subscriptionId } = placeOf(scope);
    const type = 'Microsoft.Authorization/roleDefinitions';
    const roleDefinitionId = formatResourceId({ subscriptionId, type, names: [roleId] });
    const answer = await (await arm())
      .write(
        {
          method: 'PUT',
          path: `${scope}/providers/${ASSIGNMENTS}/${roleAssignmentName(assignment)}`,
          apiVersion: apiVersion(ASSIGNMENTS),
          body: { properties: { roleDefinitionId, principalId, principalType: 'ServicePrincipal' } },
        },
        signal,
      )
      .then(({ header }) => header, orExists);
    return { kind: 'done', why: `${principalId} has the role at ${scope}`, correlationIds: correlationIds(answer) };
  });

/** The target of one role assignment: one ARM call to read it. */
export const readAssignment = async (
  connection: Connection,
  subject: CallSubject,
  assignment: Assignment,
  tagged: Extract<Target, { kind: 'drift' }>['tagged'],
): Promise<Target> => {
  const given = await readGiven(connection, assignment);
  if (given.kind !== 'present')
    return { kind: 'blocked', why: given.kind === 'unknown' ? given.reason : `${assignment.scope} is gone` };
  const { principalId, scope } = assignment;
  if (given.value.some(({ properties }) => !properties.condition))
    return { kind: 'noDrift', why: `${principalId} has the role at ${scope} already` };
  if (given.value.some(({ properties }) => within(properties.scope, scope)))
    return {
      kind: 'blocked',
      why: `${principalId} has the role at ${scope} under a condition, which its owner must change`,
    };
  return {
    kind: 'drift',
    why: `${principalId} has no such role at ${scope}`,
    tagged,
    send: (signal) => send(connection, { ...subject, scope }, assignment, signal),
  };
};
