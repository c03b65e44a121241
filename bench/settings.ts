import { subscriptionId } from '../local/cloud/worlds/product.ts';

/**
 * The product as in `npm start`: it heals within its rights, in the world's one dedicated vault, and sweeps every five minutes.
 */
export const settings: Readonly<Record<string, string>> = {
  GUARDIAN_MODE: 'auto',
  GUARDIAN_SCOPE: `/subscriptions/${subscriptionId}`,
  GUARDIAN_DEDICATED_VAULTS: 'kv-orders',
  GUARDIAN_SWEEP_SCHEDULE: '0 */5 * * * *',
  GUARDIAN_POSTURE_SCHEDULE: '0 0 0 1 1 *',
};
