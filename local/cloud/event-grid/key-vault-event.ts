import { eventData } from './event-data.ts';
import type { GridEvent } from './grid-event.ts';
import type { PublishedEvent } from './published-event.ts';

const EXPIRY: GridEvent['type'][] = ['Microsoft.KeyVault.KeyNearExpiry', 'Microsoft.KeyVault.KeyExpired'];

/**
 * `subject` is the name of the key, neither its identifier nor an ARM id; for an event of the vault itself the name of the vault.
 */
const subject = ({ key, vault }: GridEvent) => key?.name ?? vault;

/**
 * The event of a vault's topic. Notifications of expiry come only for versions that were made after the subscription (Key Vault,
 * Event Grid).
 */
export const keyVaultEvent = (event: GridEvent, seed: number): PublishedEvent => ({
  id: event.id,
  type: event.type,
  topic: event.topic,
  subject: subject(event),
  at: event.at,
  dataVersion: '1',
  data: eventData(event, seed),
  ...(EXPIRY.includes(event.type) ? { heardSince: event.key?.createdAt ?? 0 } : {}),
});
