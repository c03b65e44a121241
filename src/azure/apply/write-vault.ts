import type { Connection } from '../connection/connection.ts';
import { AzureUnavailable } from '../failure/azure-unavailable.ts';
import { correlationIds } from '../failure/failure.ts';
import { readVaultResource, VAULT_API, type VaultResource } from '../key-vault/vault-resource.ts';
import type { ReadyVault } from './read-vault.ts';
import { sendOnce } from './send-once.ts';
import type { Sent } from './target.ts';

/**
 * The body of a vault's PATCH, and the check that the vault shows the change. `becomes` completes the sentence "the
 * vault …".
 */
export type VaultChange = {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly becomes: string;
  isIn(vault: VaultResource): boolean;
};

/** Whether the vault shows the change; `undefined` where the vault cannot be read, which does not undo the change. */
const isSeen = async (connection: Connection, vaultId: string, change: VaultChange): Promise<boolean | undefined> => {
  try {
    const vault = await readVaultResource(connection, vaultId);
    return vault.kind === 'present' ? change.isIn(vault.value) : undefined;
  } catch (error) {
    if (error instanceof AzureUnavailable) return undefined;
    throw error;
  }
};

/**
 * One PATCH of the given properties only; never a PUT, which would replace the whole vault. Then one read, because a
 * policy assignment may change the requested values (Azure Policy, modify effect).
 */
export const patchVault = (
  connection: Connection,
  { facts, subject }: ReadyVault,
  change: VaultChange,
  signal: AbortSignal,
): Promise<Sent> =>
  sendOnce(subject, async () => {
    const { properties, becomes } = change;
    const arm = await connection.arm();
    const answer = await arm.write(
      { method: 'PATCH', path: facts.id, apiVersion: VAULT_API, body: { properties } },
      signal,
    );
    const ids = correlationIds(answer.header);
    if ((await isSeen(connection, facts.id, change)) === false) {
      const why = `${facts.name} took the change and does not show it: something else writes to it, a policy perhaps`;
      return { kind: 'blocked', why, correlationIds: ids };
    }
    return { kind: 'done', why: `${facts.name} ${becomes}`, correlationIds: ids };
  });
