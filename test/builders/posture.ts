import { everyCommand } from '../../src/posture/every-command.ts';
import type { ClusterFacts, DiskFacts, PathFacts, PoolFacts, ProductFacts } from '../../src/posture/facts.ts';
import { LINKS } from '../../src/posture/links.ts';
import { asBaseline } from '../../src/remediation/model/baseline.ts';
import {
  type ConsumerFacts,
  type KeyObservation,
  type KeyVersionFacts,
  present,
  type VaultFacts,
} from '../../src/remediation/model/facts.ts';
import { anObservation, aSingleServer, aVault, aVersion, GROUP, inDays, kidOf, NOW, V1 } from './observation.ts';

export const PRINCIPAL = '00000000-0000-0000-0000-0000000000b1';
export const SET_ID = `${GROUP}/providers/Microsoft.Compute/diskEncryptionSets/disks`.toLowerCase();
export const TENANT = '00000000-0000-0000-0000-0000000000aa';

/** A disk encryption set that pins the first version. */
export const aDiskEncryptionSet = (changes: Partial<ConsumerFacts> = {}): ConsumerFacts => ({
  ...aSingleServer('disks'),
  id: `${GROUP}/providers/Microsoft.Compute/diskEncryptionSets/disks`,
  kind: 'diskEncryptionSet',
  rotation: { toLatest: false },
  ...changes,
});

type Changes = Partial<Omit<PathFacts, 'observation' | 'consumer'>> & {
  readonly consumer?: ConsumerFacts;
  readonly vault?: Partial<VaultFacts>;
  readonly version?: Partial<KeyVersionFacts>;
  readonly observed?: Partial<KeyObservation>;
};

/** A healthy baseline of this consumer in this vault. */
export const aBaseline = ({ id, kind }: ConsumerFacts, vault = aVault()) =>
  asBaseline({
    key: { host: 'contoso.vault.azure.net', name: 'mysql-cmk' },
    vault: { ...vault, id: vault.id.toLowerCase() },
    consumers: [
      {
        id: id.toLowerCase(),
        kind,
        use: 'active',
        kid: kidOf(V1),
        principalId: PRINCIPAL,
        permissions: ['get', 'wrapKey', 'unwrapKey'],
      },
    ],
  });

/** A consumer whose access path, with its surroundings, is as the documents want it. */
export const aPath = (changes: Changes = {}): PathFacts => {
  const { vault, version, observed, ...others } = changes;
  const consumer = changes.consumer ?? aSingleServer('orders', { tenantId: TENANT, tags: { owner: 'shop' } });
  const baseline = aBaseline(consumer);
  return {
    now: NOW.toISOString(),
    observation: anObservation([aVersion(V1, version)], [consumer], {
      vault: present(aVault({ tags: { 'cmk-guardian:escrow': '2026-01-31' }, ...vault })),
      access: {
        [PRINCIPAL]: present({ permissions: ['get', 'list', 'wrapKey', 'unwrapKey'], reader: true }),
      },
      ...observed,
    }),
    ...(baseline && { baseline }),
    findings: [],
    verdicts: [],
    resource: present({ tier: 'GeneralPurpose', storageGb: 8_192, largestStorageGb: 16_384, replicationRole: 'None' }),
    locks: present([{ id: `${aVault().id}/locks/keep`, scope: aVault().id.toLowerCase(), level: 'CanNotDelete' }]),
    logs: present([{ name: 'audit', audits: true, destinations: ['workspace'] }]),
    backup: present({ name: 'contoso/mysql-cmk', takenOn: inDays(-10) }),
    history: present([aVersion()]),
    lastUse: present(inDays(-0.01)),
    health: present('Available'),
    alerts: present([
      {
        id: `${GROUP}/providers/Microsoft.Insights/activityLogAlerts/cmk`,
        enabled: true,
        scopes: ['/subscriptions/00000000-0000-0000-0000-000000000001'],
        categories: ['resourcehealth'],
        receivers: ['webhook', 'person'],
      },
    ]),
    uses: [{ use: 'active', kid: kidOf(V1) }],
    sharedBy: [consumer.id.toLowerCase()],
    copiesWithoutKey: [],
    settings: { nearExpiry: 'P30D', maximumKeyAge: 'P5Y' },
    ...others,
    consumer,
  };
};

export const aPool = (changes: Partial<PoolFacts> = {}): PoolFacts => ({
  name: 'system',
  osType: 'Linux',
  type: 'VirtualMachineScaleSets',
  osDiskType: 'Managed',
  encryptionSet: present(SET_ID),
  ...changes,
});

export const aDisk = (changes: Partial<DiskFacts> = {}): DiskFacts => ({
  id: `${GROUP}/providers/Microsoft.Compute/disks/data`,
  encryption: 'EncryptionAtRestWithCustomerKey',
  encryptionSet: SET_ID,
  ...changes,
});

export const aCluster = (changes: Partial<ClusterFacts> = {}): ClusterFacts => ({
  id: `${GROUP}/providers/Microsoft.ContainerService/managedClusters/shop`,
  name: 'shop',
  resourceGroup: 'data',
  location: 'koreacentral',
  version: '1.33.2',
  encryptionSet: SET_ID,
  set: present({ location: 'koreacentral' }),
  pools: [aPool(), aPool({ name: 'win', osType: 'Windows' })],
  disks: present([aDisk()]),
  kubernetes: {
    access: 'granted',
    classes: present([
      {
        name: 'cmk',
        provisioner: 'disk.csi.azure.com',
        parameters: { skuname: 'Premium_LRS', kind: 'managed', diskEncryptionSetID: SET_ID },
      },
    ]),
  },
  ...changes,
});

/** The product with its own commands and pages. */
export const aProduct = (changes: Partial<ProductFacts> = {}): ProductFacts => ({
  rights: present(['Microsoft.KeyVault/vaults/read', 'Microsoft.KeyVault/vaults/keys/recover/action']),
  keyPermissions: ['get', 'list', 'update', 'recover', 'restore'],
  apiVersions: [{ service: 'Microsoft.KeyVault/vaults', version: '2026-02-01' }],
  commands: everyCommand(),
  azureCli: '2.60.0',
  wakes: ['sweep', 'probe', 'event'],
  links: LINKS,
  ...changes,
});
