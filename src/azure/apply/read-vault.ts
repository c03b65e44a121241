import type { VaultIdentity } from '../../remediation/observation/vault-identity.ts';
import type { Connection } from '../connection/connection.ts';
import { isWithin } from '../connection/scope.ts';
import type { CallSubject } from '../failure/subject.ts';
import { readVaultResource, type VaultResource } from '../key-vault/vault-resource.ts';
import { vaultMismatch } from './mismatch.ts';
import { lookAgainAt, type Target } from './target.ts';

/** A vault that may be written to now. */
export type ReadyVault = VaultResource & { readonly kind: 'vault'; readonly subject: CallSubject };
type Obstacle = Exclude<Target, { kind: 'drift' }>;

/** Azure gives no number of seconds for changes of a vault. */
export const SOON_MS = 10_000;
export const soon = (): string => lookAgainAt(SOON_MS, Date.now());

/**
 * Reads the vault that a step would change, or whose keys it would give access to: one ARM call. `host`: the host of
 * the data plane, as the step names it. A vault that is out of scope, unreadable, gone or on another host is `blocked`.
 * While the vault is being recovered or changed, an operation is in progress.
 */
export const readReadyVault = async (
  connection: Connection,
  { vaultId, host, vaultBirth }: VaultIdentity & { readonly host?: string },
): Promise<ReadyVault | Obstacle> => {
  const blocked = (why: string): Obstacle => ({ kind: 'blocked', why });
  if (!isWithin(vaultId, connection.scopes())) return blocked(`${vaultId} is outside GUARDIAN_SCOPE`);
  const vault = await readVaultResource(connection, vaultId);
  if (vault.kind === 'unknown') return blocked(vault.reason);
  if (vault.kind === 'absent') return blocked(`${vaultId} is gone`);
  const { facts } = vault.value;
  if (host !== undefined && host.toLowerCase() !== vault.value.host)
    return blocked(`${vaultId} answers at ${vault.value.host}, not at ${host}`);
  const another = vaultMismatch(facts, { vaultId, ...(vaultBirth !== undefined && { vaultBirth }) });
  if (another !== undefined) return blocked(another);
  if (facts.provisioningState.toLowerCase() !== 'succeeded')
    return { kind: 'operationInProgress', until: soon(), why: `${facts.name} is ${facts.provisioningState}` };
  const subject = { what: `vault ${facts.name}`, vaultName: facts.name, scope: facts.id };
  return { kind: 'vault', ...vault.value, subject };
};
