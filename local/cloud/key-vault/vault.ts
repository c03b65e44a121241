import type { Key } from './key.ts';

export type Permissions = Partial<Record<'keys' | 'secrets' | 'certificates' | 'storage', string[] | undefined>>;

/** The permissions of one identity in a vault under the access-policy model. `applicationId` makes it a compound identity. */
export type AccessPolicy = {
  tenantId: string;
  objectId: string;
  applicationId?: string | undefined;
  permissions: Permissions;
};

export type NetworkAcls = {
  bypass: 'AzureServices' | 'None';
  defaultAction: 'Allow' | 'Deny';
  ipRules: { value: string }[];
  virtualNetworkRules: { id: string; ignoreMissingVnetServiceEndpoint?: boolean | undefined }[];
};

/** The permission model with its policies, effective from an instant on. RBAC null or false means access policies. */
export type Access = { from: number; policies: AccessPolicy[]; rbac: boolean | null };

/** A vault (Microsoft.KeyVault/vaults 2026-02-01). Instants are milliseconds. */
export type Vault = {
  id: string;
  name: string;
  location: string;
  tenantId: string;
  sku: { family: 'A'; name: 'standard' | 'premium' };
  tags: Record<string, string>;
  /** Past and coming states of access, oldest first; ARM shows the last one. */
  access: Access[];
  networkAcls: NetworkAcls | undefined;
  publicNetworkAccess: string;
  /** Whether deleted keys, and the vault itself, are kept; once true it stays true. Only old vaults have it off. */
  softDelete: boolean;
  /** Once true it stays true. */
  purgeProtection: boolean;
  /** Days, 7 to 90. */
  softDeleteRetention: number;
  enabledFor: { deployment: boolean; diskEncryption: boolean; templateDeployment: boolean };
  /** `RegisteringDns` while its recovery is in progress. */
  provisioningState: 'Succeeded' | 'RegisteringDns';
  /** Recovered, and its name is not registered everywhere yet. */
  silent?: true;
  createdAt: number;
  deletedAt?: number;
  /** By lower-case name; deleted keys too, until they are purged. */
  keys: Map<string, Key>;
  /** The number of versions made so far, which makes every version id different. */
  versionsMade: number;
};

export const DAY = 86_400_000;

/** When a vault that was deleted at an instant is gone for good. */
export const scheduledVaultPurge = (vault: Vault, deletedAt: number) => deletedAt + vault.softDeleteRetention * DAY;

/** Whether the vault's host answers: not while it is deleted, nor until its name is registered again. */
export const servesKeys = ({ deletedAt, silent }: Vault): boolean => deletedAt === undefined && !silent;

export const vaultUri = (vault: Vault) => `https://${vault.name.toLowerCase()}.vault.azure.net/`;

/** The access of a vault as ARM shows it, effective or not yet. */
export const writtenAccess = (vault: Vault): Access =>
  vault.access.at(-1) ?? { from: vault.createdAt, policies: [], rbac: null };

/** The access that decides at an instant: the last written state whose propagation has ended. */
export const effectiveAccess = (vault: Vault, now: number): Access =>
  vault.access.findLast(({ from }) => from <= now) ?? { from: vault.createdAt, policies: [], rbac: null };
