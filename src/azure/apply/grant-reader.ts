import { GIVEN_ROLES } from '../../remediation/model/given-roles.ts';
import type { SpecOf } from '../../remediation/steps/steps.ts';
import { readAssignment } from './assign-role.ts';
import { readGrantee } from './read-grantee.ts';
import { readReadyVault } from './read-vault.ts';
import { refuseSelf } from './refuse-self.ts';
import type { Target } from './target.ts';
import type { TargetSources } from './target-sources.ts';

type GrantReader = SpecOf<'grantReader'>;

/**
 * Reads the vault and the consumer (one ARM call each, 2 for a single server), and the existing assignments (one ARM
 * call). Sending is one PUT of the role Reader at the vault.
 */
export const readGrantReader = async ({ connection, estate }: TargetSources, step: GrantReader): Promise<Target> => {
  const { consumerId, principalId } = step.parameters;
  const self = await refuseSelf(connection, principalId);
  if (self) return self;
  const vault = await readReadyVault(connection, step.parameters);
  if (vault.kind !== 'vault') return vault;
  const { id: scope, tenantId } = vault.facts;
  const usesIt = ({ pinned }: { pinned: { key: { host: string } } }) => pinned.key.host === vault.host;
  const grantee = await readGrantee(estate, { consumerId, principalId, tenantId, usesIt });
  if (grantee.kind === 'blocked') return grantee;
  const assignment = { scope, principalId, roleId: GIVEN_ROLES.reader };
  return readAssignment(connection, vault.subject, assignment, [vault.facts, grantee.facts]);
};
