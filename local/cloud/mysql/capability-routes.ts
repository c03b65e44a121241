import { page } from '../arm/page.ts';
import type { Route } from '../service.ts';
import { PROVIDER } from './server-operations.ts';

const VERSIONS = ['5.7', '8.0.21', '8.4'] as const;

/** Virtual cores and most I/O operations a second of some sizes, as the table of compute sizes of flexible servers has them. */
const SKUS = {
  Burstable: { Standard_B1ms: [1, 640], Standard_B2s: [2, 1_280], Standard_B2ms: [2, 1_700] },
  GeneralPurpose: { Standard_D2ds_v4: [2, 3_200], Standard_D4ds_v4: [4, 6_400], Standard_D8ds_v4: [8, 12_800] },
  MemoryOptimized: { Standard_E2ds_v4: [2, 5_000], Standard_E4ds_v4: [4, 10_000] },
} as const satisfies Record<string, Record<string, readonly [number, number]>>;

/** Sizes in MiB, as Azure states them here; the days and hours for which backups may be kept and made. */
const STORAGE = {
  name: 'Premium',
  minStorageSize: 20_480,
  maxStorageSize: 16_777_216,
  minBackupRetentionDays: 1,
  maxBackupRetentionDays: 35,
  minBackupIntervalHours: 6,
  maxBackupIntervalHours: 24,
};

const editionOf = (name: keyof typeof SKUS) => ({
  name,
  supportedStorageEditions: [STORAGE],
  supportedServerVersions: VERSIONS.map((version) => ({
    name: version,
    supportedSkus: Object.entries(SKUS[name]).map(([sku, [vCores, supportedIops]]) => ({
      name: sku,
      vCores,
      supportedIops,
      supportedMemoryPerVCoreMB: 4_096,
    })),
  })),
});

/** `CapabilityProperties` of Microsoft.DBforMySQL 2023-12-30: what a flexible server may be in a region. Every region offers the same. */
const CAPABILITIES = {
  zone: 'none',
  supportedHAMode: ['SameZone', 'ZoneRedundant'],
  supportedGeoBackupRegions: ['koreasouth'],
  supportedFlexibleServerEditions: (Object.keys(SKUS) as (keyof typeof SKUS)[]).map(editionOf),
};

/** What the Azure CLI asks before it makes or changes a flexible server. */
export const capabilityRoutes = (apiVersions: string[]): Route[] => [
  {
    plane: 'arm',
    method: 'GET',
    path: `/subscriptions/{subscription}/providers/${PROVIDER}/locations/{location}/capabilities`,
    apiVersions,
    action: `${PROVIDER}/locations/capabilities/read`,
    handle: (call) => page(call, [CAPABILITIES]),
  },
];
