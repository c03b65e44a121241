import type { NetworkRules } from '../../remediation/model/facts.ts';
import type { Step } from '../../remediation/steps/step.ts';
import type { SpecOf } from '../../remediation/steps/steps.ts';
import type { Connection } from '../connection/connection.ts';
import { isWithin } from '../connection/scope.ts';
import { correlationIds, toFailure } from '../failure/failure.ts';
import { byPolicy } from '../failure/refusals/by-policy.ts';
import { answersAt } from '../key-vault/data-plane.ts';
import type { DeletedVault } from '../key-vault/vault-reads.ts';
import { readVaultResource, VAULT_API, type VaultResource } from '../key-vault/vault-resource.ts';
import { vaultMismatch } from './mismatch.ts';
import { soon } from './read-vault.ts';
import { sendOnce } from './send-once.ts';
import type { Sent, Target } from './target.ts';
import type { TargetSources } from './target-sources.ts';

type RecoverVault = SpecOf<'recoverVault'> & Pick<Step, 'networkWas'>;

/**
 * The vault exists. Its recovery has not ended until its host answers. A vault with another creation time is not the
 * recovered one: somebody has created a new vault, or a recovery gave it a new creation time. The next look tells these
 * apart.
 */
const foundVault = async (
  connection: Connection,
  { facts }: VaultResource,
  its: RecoverVault['parameters'],
): Promise<Target> => {
  const { name, provisioningState, uri } = facts;
  const another = vaultMismatch(facts, its);
  if (another !== undefined) return { kind: 'changed', why: another };
  const isBack = provisioningState.toLowerCase() === 'succeeded' && (await answersAt(connection, uri));
  return isBack
    ? { kind: 'noDrift', why: `${name} is not deleted` }
    : { kind: 'operationInProgress', until: soon(), why: `${name} is being recovered: ${provisioningState}` };
};

/**
 * The body of the PUT that recovers a vault. Azure ignores all but location and mode and restores the vault as it was
 * (azure-rest-api-specs 21306), yet it requires tenant and SKU. Tags are sent because a policy may require them. The
 * permission model is sent because no document says what a recovery does without it.
 */
const bodyOf = async (
  connection: Connection,
  { location, tags }: DeletedVault,
  was: RecoverVault['parameters']['was'],
) => ({
  location,
  tags,
  properties: {
    createMode: 'recover',
    tenantId: was?.tenantId ?? (await connection.ownIdentity()).tenantId,
    sku: { family: 'A', name: 'standard' },
    ...(was && { enableRbacAuthorization: was.permissionModel === 'rbac' }),
  },
});

type Body = Awaited<ReturnType<typeof bodyOf>>;

/**
 * The same body with all properties that policies check: Azure ignores them in a recovery, but Azure Policy does not.
 * Only values that the vault had before are sent, in case Azure stops ignoring them.
 */
const bodyForPolicies = (body: Body, { purgeProtection }: DeletedVault, networkWas: NetworkRules | undefined) => ({
  ...body,
  properties: {
    ...body.properties,
    enableSoftDelete: true,
    ...(purgeProtection && { enablePurgeProtection: true }),
    ...(networkWas && vaultNetwork(networkWas)),
  },
});

const vaultNetwork = ({ ipRules, virtualNetworkRules, bypass, defaultAction, publicNetworkAccess }: NetworkRules) => ({
  publicNetworkAccess,
  networkAcls: {
    bypass,
    defaultAction,
    ipRules: ipRules.map((value) => ({ value })),
    virtualNetworkRules: virtualNetworkRules.map((id) => ({ id })),
  },
});

const recover = async (
  connection: Connection,
  deleted: DeletedVault,
  { networkWas, parameters: { host, was } }: RecoverVault,
  signal: AbortSignal,
): Promise<Sent> => {
  const { location, vaultId } = deleted;
  const subject = { what: `deleted vault ${vaultId}`, scope: vaultId, location };
  return sendOnce(subject, async () => {
    const body = await bodyOf(connection, deleted, was);
    const arm = await connection.arm();
    const put = (said: Body) => arm.write({ method: 'PUT', path: vaultId, apiVersion: VAULT_API, body: said }, signal);
    const { header } = await put(body).catch((error: unknown) => {
      // Azure has refused the first request for good: it cannot take effect any more.
      if (!byPolicy.fits(toFailure(error), subject)) throw error;
      return put(bodyForPolicies(body, deleted, networkWas));
    });
    const begun = { startedAt: new Date().toISOString(), correlationIds: correlationIds(header) };
    return { kind: 'started', operation: { recoversVault: { vaultId, host }, ...begun }, pollAt: soon() };
  });
};

/**
 * Reads the vault and, where the vault or its group is gone, the deleted vaults of its subscription: two ARM calls.
 * Sending is one PUT, the only PUT of a vault in the product. It answers before the vault can be used. One more PUT
 * follows where a policy has refused the first. The recovery has no operation to poll.
 */
export const readRecoverVault = async ({ connection, vaults }: TargetSources, step: RecoverVault): Promise<Target> => {
  const { vaultId } = step.parameters;
  if (!isWithin(vaultId, connection.scopes())) return { kind: 'blocked', why: `${vaultId} is outside GUARDIAN_SCOPE` };
  const vault = await readVaultResource(connection, vaultId);
  if (vault.kind === 'unknown' && !vault.groupMissing) return { kind: 'blocked', why: vault.reason };
  if (vault.kind === 'present') return foundVault(connection, vault.value, step.parameters);
  const deleted = await vaults.readDeleted(vaultId);
  if (deleted.kind === 'unknown') return { kind: 'blocked', why: deleted.reason };
  if (deleted.kind === 'absent')
    return { kind: 'blocked', why: `${vaultId} is gone, and no deleted vault is left of it` };
  const { deletedOn, tags } = deleted.value;
  return {
    kind: 'drift',
    why: `${vaultId} was deleted at ${deletedOn}`,
    tagged: [{ name: deleted.value.vaultId, tags }],
    send: (signal) => recover(connection, deleted.value, step, signal),
  };
};
