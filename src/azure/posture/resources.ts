import type { ResourcePosture } from '../../posture/facts.ts';
import { type Fact, present } from '../../remediation/model/facts.ts';
import { PROFILES, profileOfType } from '../../remediation/model/profiles.ts';
import type { GraphRow, ResourceGraph } from '../connection/resource-graph.ts';

/** Resources of all types that can be consumers, by id (lower case), with or without a customer-managed key. */
export type ResourceRow = {
  readonly id: string;
  readonly posture: ResourcePosture;
  /** The id of the source of a copy, lower-cased. */
  readonly copyOf?: string;
  readonly encrypted: boolean;
  /** For a disk encryption set: when its key was last rotated (ISO 8601). */
  readonly rotatedOn?: string;
  readonly location: string;
};

/** The name of the column for a property that shows a customer-managed key. */
const columnOf = (property: string): string => `has_${property.replaceAll('.', '_')}`;

const KEY_COLUMNS = Object.values(PROFILES).flatMap(({ hasKey }) =>
  typeof hasKey === 'string' ? [] : [`${columnOf(hasKey.property)} = tostring(properties.${hasKey.property})`],
);

const isEncrypted = (row: GraphRow): boolean => {
  const hasKey = profileOfType(String(row['type']))?.hasKey ?? 'unsaid';
  if (typeof hasKey === 'string') return hasKey === 'always';
  return String(row[columnOf(hasKey.property)]).toLowerCase() === hasKey.is.toLowerCase();
};

const TYPES = Object.values(PROFILES).map(({ resourceType }) => `'${resourceType}'`);

const QUERY = `resources
| where type in~ (${TYPES.join(', ')})
| project id, type = tolower(type), location, tier = tostring(sku.tier),
  storageMb = tostring(properties.storageProfile.storageMB), storageGb = tostring(properties.storage.storageSizeGB),
  role = tostring(properties.replicationRole), state = tostring(properties.provisioningState),
  sourceVault = tolower(tostring(properties.activeKey.sourceVault.id)), rotatedOn = tostring(properties.lastKeyRotationTimestamp),
  source = tolower(tostring(properties.sourceServerResourceId)), master = tolower(tostring(properties.masterServerId)),
  ${KEY_COLUMNS.join(', ')}
| order by id asc`;

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const named = <Name extends string>(name: Name, value: string | undefined): { readonly [key in Name]?: string } =>
  (value === undefined ? {} : { [name]: value }) as { readonly [key in Name]?: string };

const sizeOf = ({ storageMb, storageGb }: GraphRow): Pick<ResourcePosture, 'storageGb'> => {
  const gb = text(storageGb) ?? (text(storageMb) ? String(Number(storageMb) / 1_024) : undefined);
  return gb === undefined ? {} : { storageGb: Number(gb) };
};

const rowOf = (row: GraphRow): ResourceRow => ({
  id: row.id.toLowerCase(),
  location: String(row['location'] ?? ''),
  posture: {
    ...sizeOf(row),
    ...named('tier', text(row['tier'])),
    ...named('replicationRole', text(row['role'])),
    ...named('provisioningState', text(row['state'])),
    ...named('sourceVaultId', text(row['sourceVault'])),
  },
  ...named('copyOf', text(row['source']) ?? text(row['master'])),
  ...named('rotatedOn', text(row['rotatedOn'])),
  encrypted: isEncrypted(row),
});

/** One query, and one more for each further 1,000 rows. The data is some seconds old: no decision uses it. */
export const readResources = async (graph: ResourceGraph): Promise<Fact<readonly ResourceRow[]>> => {
  const rows = await graph.query('servers and disk encryption sets', QUERY);
  return rows.kind === 'present' ? present(rows.value.map(rowOf)) : rows;
};
