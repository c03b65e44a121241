import type { Ration } from './ration.ts';

/**
 * The product's limits for Azure Resource Manager, which lets one principal send a subscription 250 reads at once and 25 a
 * second, 200 writes at once and 10 a second (Microsoft Learn, request-limits-and-throttling). Each limit holds for all workers
 * together. The reads of looks and sweeps, of the probe round a firewall, and of the lists of vaults together use all that Azure
 * allows, and no more.
 */

/**
 * Reads of looks, repairs, sweeps and reports. Without this ration, a thousand keys that are looked at in the same
 * minute would be refused and would retry at the same time.
 */
export const READS: Ration = { size: 200, perSecond: 20 };
/**
 * The ration of the same reads where the probe lists vaults by Resource Manager: what `LISTS` may use is subtracted.
 */
export const READS_BESIDE_LISTS: Ration = { size: 80, perSecond: 15 };

/**
 * Behind a firewall the product reads a version by Resource Manager. The probe and the sweeps may each use a fifth of the bucket
 * for that; the first fifty reads go at once. The part of the sweeps is inside `READS`.
 */
export const DETOURS: Ration = { size: 50, perSecond: 5 };

/** Lists of vaults. A list above the ration is refused here, and then the vaults themselves are asked. */
export const LISTS: Ration = { size: 120, perSecond: 5 };

/**
 * Writes: this leaves some to people. A step that is refused here holds its lease no longer than a step that Azure
 * refuses: it waits and tries again.
 */
export const WRITES: Ration = { size: 160, perSecond: 8 };
