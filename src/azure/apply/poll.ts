import { type Polled, pollOperation } from './poll-operation.ts';
import { pollProvisioning } from './poll-provisioning.ts';
import { pollVaultRecovery } from './poll-vault-recovery.ts';
import { pollRecovery } from './recover-key.ts';
import type { AzureOperation } from './target.ts';
import type { TargetSources } from './target-sources.ts';

/** Polls a running operation once, in the way of its kind. */
export const poll = (sources: TargetSources, operation: AzureOperation): Promise<Polled> => {
  if ('recovers' in operation) return pollRecovery(sources, operation);
  if ('recoversVault' in operation) return pollVaultRecovery(sources.connection, operation);
  if ('provisions' in operation) return pollProvisioning(sources.connection, operation);
  return pollOperation(sources.connection, operation);
};
