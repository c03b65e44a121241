import { keyId } from '../../remediation/model/key-ref.ts';
import { isReached } from '../../remediation/model/reach.ts';
import { parseKeyVaultEvent, type Signal } from '../../signals/key-vault-event.ts';
import type { Durable, Guardian } from '../guardian.ts';
import { type EventOutcome, refuse, turnAway, wakeKeys } from './event-outcome.ts';
import { inVault, type KnownKeys } from './known-keys.ts';

/** A new version affects nobody by itself: a consumer that starts to use it raises an event of its own. */
const isNews = async ({ store }: Guardian, { about }: Signal, id: string): Promise<boolean> =>
  about === 'validity' || ((await store.keyRows.read(id)).consumers?.consumers.length ?? 0) > 0;

const onKey = async (guardian: Guardian, durable: Durable, signal: Signal): Promise<EventOutcome> => {
  const { vaultId, keyName } = signal;
  const key = await guardian.azure.keyInVault(vaultId, keyName);
  if (key.kind !== 'present')
    return refuse(guardian, key.kind === 'unknown' ? key.reason : `${vaultId} does not exist.`);
  const id = keyId(key.value);
  const news = (await isNews(guardian, signal, id)) ? [key.value] : [];
  return wakeKeys(durable, news, `${id} is not known to be used.`);
};

/**
 * A Key Vault event is a reason to look, never a fact. An event that names no key in scope is recorded and accepted: a
 * second delivery would not change it. Where a wake-up cannot be promised now, this function throws, so that Event Grid
 * delivers the event again.
 */
export const onKeyVaultEvent = async (
  guardian: Guardian,
  knownKeys: KnownKeys,
  durable: Durable,
  event: unknown,
): Promise<EventOutcome> => {
  const signal = parseKeyVaultEvent(event);
  if (signal.kind !== 'signal') return turnAway(guardian, signal);
  const { vaultId } = signal;
  if (!isReached(vaultId, guardian.settings.reach())) return refuse(guardian, `${vaultId} is outside GUARDIAN_SCOPE.`);
  if (signal.about !== 'vault') return onKey(guardian, durable, signal);
  return wakeKeys(durable, inVault(await knownKeys(), vaultId), `${vaultId} has no key that is known to be used.`);
};
