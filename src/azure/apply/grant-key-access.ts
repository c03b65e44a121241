import { GIVEN_ROLES } from '../../remediation/model/given-roles.ts';
import { keyId } from '../../remediation/model/key-ref.ts';
import type { Step } from '../../remediation/steps/step.ts';
import { ASSIGNED_BY_PLAN } from '../../remediation/steps/step-kinds/grant-key-access.ts';
import type { SpecOf } from '../../remediation/steps/steps.ts';
import { policyTarget } from './add-access-policy.ts';
import { readAssignment } from './assign-role.ts';
import { versionMismatch } from './mismatch.ts';
import { readGrantee } from './read-grantee.ts';
import { readPinned } from './read-marks.ts';
import { type ReadyVault, readReadyVault } from './read-vault.ts';
import { refuseSelf } from './refuse-self.ts';
import type { Target } from './target.ts';
import type { TargetSources } from './target-sources.ts';

type GrantKeyAccess = SpecOf<'grantKeyAccess'> & Pick<Step, 'assigned'>;

/**
 * The principal that gets access; `undefined` where it is the identity that the plan assigns and its principal is not
 * known.
 */
const granteeOf = ({ assigned, parameters: { principalId } }: GrantKeyAccess): string | undefined =>
  principalId === ASSIGNED_BY_PLAN ? assigned : principalId;

/**
 * Why this vault is not the one that the step was made for. Under another permission model a grant succeeds without
 * effect.
 */
const refusal = ({ facts }: ReadyVault, { model, tenantId }: GrantKeyAccess['parameters']): string | undefined => {
  const { name, permissionModel } = facts;
  if (permissionModel !== model) return `${name} uses ${permissionModel} now, not ${model}`;
  return facts.tenantId.toLowerCase() === tenantId.toLowerCase()
    ? undefined
    : `${name} is of the tenant ${facts.tenantId}, ${tenantId} cannot be let in`;
};

/**
 * Reads the vault (one ARM call), the consumer (2 calls for a single server, 1 for others), the version that it pins
 * (one data-plane call), and under Azure RBAC the existing assignments (one ARM call). Sending is one PUT: an added
 * access policy, or a role at the key, never above it.
 */
export const readGrantKeyAccess = async (sources: TargetSources, step: GrantKeyAccess): Promise<Target> => {
  const { connection, estate } = sources;
  const { parameters } = step;
  const { consumerId, key, model, permissions } = parameters;
  const principalId = granteeOf(step);
  if (principalId === undefined)
    return { kind: 'blocked', why: `nobody knows the identity that ${consumerId} was given in this incident` };
  const self = await refuseSelf(connection, principalId);
  if (self) return self;
  const vault = await readReadyVault(connection, { ...parameters, host: key.host });
  if (vault.kind !== 'vault') return vault;
  const foreign = refusal(vault, parameters);
  if (foreign !== undefined) return { kind: 'blocked', why: foreign };
  const { tenantId } = vault.facts;
  const usesIt = ({ pinned }: { pinned: { key: typeof key } }) => keyId(pinned.key) === keyId(key);
  const grantee = await readGrantee(estate, { consumerId, principalId, tenantId, usesIt });
  if (grantee.kind === 'blocked') return grantee;
  const { pinned } = grantee.facts;
  const version = await readPinned(sources, pinned, vault.facts);
  if (version.kind !== 'present')
    return { kind: 'blocked', why: version.kind === 'unknown' ? version.reason : `${pinned.kid} is gone` };
  const exchanged = versionMismatch(version.value, parameters);
  if (exchanged !== undefined) return { kind: 'blocked', why: exchanged };
  const tagged = [vault.facts, grantee.facts, { name: pinned.kid, tags: version.value.tags }];
  if (model === 'accessPolicies') return policyTarget(connection, vault, { principalId, permissions }, tagged);
  const scope = `${vault.facts.id}/keys/${key.name}`;
  const assignment = { scope, principalId, roleId: GIVEN_ROLES.key };
  return readAssignment(connection, vault.subject, assignment, tagged);
};
