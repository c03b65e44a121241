import type { SpecOf } from '../../remediation/steps/steps.ts';
import type { Connection } from '../connection/connection.ts';
import { ownTenant } from '../connection/own-tenant.ts';
import { isWithin } from '../connection/scope.ts';
import { correlationIds } from '../failure/failure.ts';
import { answersAt } from '../key-vault/data-plane.ts';
import type { DeletedVault } from '../key-vault/vault-reads.ts';
import { readVaultResource, VAULT_API, type VaultResource } from '../key-vault/vault-resource.ts';
import { soon } from './read-vault.ts';
import { sendOnce } from './send-once.ts';
import type { Sent, Target } from './target.ts';
import type { TargetSources } from './target-sources.ts';

type RecoverVault = SpecOf<'recoverVault'>;

/** The vault is there; until its host answers, somebody's recovery of it has not ended. */
const foundVault = async (connection: Connection, { facts }: VaultResource): Promise<Target> => {
  const { name, provisioningState, uri } = facts;
  const isBack = provisioningState.toLowerCase() === 'succeeded' && (await answersAt(connection, uri));
  return isBack
    ? { kind: 'noDrift', why: `${name} is not deleted` }
    : { kind: 'operationInProgress', until: soon(), why: `${name} is being recovered: ${provisioningState}` };
};

/**
 * What the recovering PUT says. Azure ignores all but location and mode and gives the vault back as it was
 * (azure-rest-api-specs 21306), yet wants tenant and SKU; tags, since a policy may demand them; the permission model,
 * since no document says what an omitted one means to a recovery.
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
    tenantId: was?.tenantId ?? (await ownTenant(connection)),
    sku: { family: 'A', name: 'standard' },
    ...(was && { enableRbacAuthorization: was.permissionModel === 'rbac' }),
  },
});

const recover = async (
  connection: Connection,
  deleted: DeletedVault,
  { host, was }: RecoverVault['parameters'],
  signal: AbortSignal,
): Promise<Sent> => {
  const { vaultId } = deleted;
  return sendOnce({ what: `deleted vault ${vaultId}`, scope: vaultId }, async () => {
    const body = await bodyOf(connection, deleted, was);
    const arm = await connection.arm();
    const { header } = await arm.write({ method: 'PUT', path: vaultId, apiVersion: VAULT_API, body }, signal);
    const begun = { startedAt: new Date().toISOString(), correlationIds: correlationIds(header) };
    return { kind: 'started', operation: { recoversVault: { vaultId, host }, ...begun }, pollAt: soon() };
  });
};

/**
 * Reads the vault, and where it is gone the deleted vaults of its subscription: two ARM calls. Sending is one PUT, the only
 * one of a vault, which answers before the vault can be used. The recovery has no operation to poll.
 */
export const readRecoverVault = async ({ connection, vaults }: TargetSources, step: RecoverVault): Promise<Target> => {
  const { vaultId } = step.parameters;
  if (!isWithin(vaultId, connection.scopes)) return { kind: 'blocked', why: `${vaultId} is outside GUARDIAN_SCOPE` };
  const vault = await readVaultResource(connection, vaultId);
  if (vault.kind === 'unknown') return { kind: 'blocked', why: vault.reason };
  if (vault.kind === 'present') return foundVault(connection, vault.value);
  const deleted = await vaults.readDeleted(vaultId);
  if (deleted.kind === 'unknown') return { kind: 'blocked', why: deleted.reason };
  if (deleted.kind === 'absent')
    return { kind: 'blocked', why: `${vaultId} is gone, and no deleted vault is left of it` };
  const { deletedOn, tags } = deleted.value;
  return {
    kind: 'drift',
    why: `${vaultId} was deleted at ${deletedOn}`,
    tagged: [{ name: deleted.value.vaultId, tags }],
    send: (signal) => recover(connection, deleted.value, step.parameters, signal),
  };
};
