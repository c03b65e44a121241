import type { Connection } from '../connection/connection.ts';
import { explain } from '../failure/advice.ts';
import { toFailure } from '../failure/failure.ts';
import { answersAt } from '../key-vault/data-plane.ts';
import { readVaultResource } from '../key-vault/vault-resource.ts';
import type { Polled } from './poll-operation.ts';
import { soon } from './read-vault.ts';
import type { VaultRecovery } from './target.ts';

const waiting = (why: string): Polled => ({ kind: 'waiting', until: soon(), why });

const look = async (connection: Connection, { recoversVault, correlationIds }: VaultRecovery): Promise<Polled> => {
  const { vaultId } = recoversVault;
  const vault = await readVaultResource(connection, vaultId);
  if (vault.kind !== 'present') return waiting(vault.kind === 'unknown' ? vault.reason : `${vaultId} is not back yet`);
  const { name, provisioningState, uri } = vault.value.facts;
  if (provisioningState.toLowerCase() !== 'succeeded') return waiting(`${name} is ${provisioningState}`);
  if (!(await answersAt(connection, uri))) return waiting(`${name} is there again, ${uri} does not answer yet`);
  return { kind: 'done', why: `${name} is there again with all its keys`, correlationIds };
};

/**
 * Reads once whether a vault is recovered. First the control plane must say so by `provisioningState`, then the vault's
 * host must answer: only then can its keys be used. A failed read says nothing.
 */
export const pollVaultRecovery = (connection: Connection, recovery: VaultRecovery): Promise<Polled> =>
  look(connection, recovery).catch((error: unknown) =>
    waiting(explain(toFailure(error), { what: recovery.recoversVault.vaultId })),
  );
