import { parseKeyVaultEvent } from '../signals/key-vault-event.ts';
import { inScope } from '../signals/resource-id.ts';
import type { Durable, Guardian } from './guardian.ts';
import { recordOnce } from './record.ts';

export type Heard = { readonly kind: 'woken' | 'ignored' | 'refused'; readonly why: string };

/** Enters why, and nothing of the event itself: what a stranger sends must not fill the ledger. */
const refuse = async (guardian: Guardian, why: string): Promise<Heard> => {
  await recordOnce(guardian, 'event refused', { why });
  return { kind: 'refused', why };
};

/**
 * A Key Vault event is a reason to look, never a fact. What names no key in scope is recorded and accepted: delivering it
 * again would not make it better. What cannot be promised now throws, so that Event Grid delivers again.
 */
export const onKeyVaultEvent = async (guardian: Guardian, durable: Durable, event: unknown): Promise<Heard> => {
  const signal = parseKeyVaultEvent(event);
  if (signal.kind === 'ignored') return { kind: 'ignored', why: signal.why };
  if (signal.kind !== 'signal') return refuse(guardian, signal.why);
  const { vaultId, keyName } = signal;
  if (!inScope(vaultId, guardian.settings.scopes)) return refuse(guardian, `${vaultId} is outside GUARDIAN_SCOPE.`);
  const key = await guardian.azure.keyInVault(vaultId, keyName);
  if (key.kind === 'present') return { kind: 'woken', why: await durable.wake(key.value) };
  return refuse(guardian, key.kind === 'unknown' ? key.reason : `${vaultId} does not exist.`);
};
