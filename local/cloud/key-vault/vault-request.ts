import { z } from 'zod';
import type { Vault } from './vault.ts';
import type { VaultProperties } from './vault-properties.ts';

const permissions = z.object({
  keys: z.array(z.string()).optional(),
  secrets: z.array(z.string()).optional(),
  certificates: z.array(z.string()).optional(),
  storage: z.array(z.string()).optional(),
});

const accessPolicy = z.object({
  tenantId: z.string(),
  objectId: z.string(),
  applicationId: z.string().optional(),
  permissions,
});

const networkAcls = z.object({
  bypass: z.enum(['AzureServices', 'None']).default('AzureServices'),
  defaultAction: z.enum(['Allow', 'Deny']).default('Allow'),
  ipRules: z.array(z.object({ value: z.string() })).default([]),
  virtualNetworkRules: z
    .array(z.object({ id: z.string(), ignoreMissingVnetServiceEndpoint: z.boolean().optional() }))
    .default([]),
});

const properties = z.object({
  tenantId: z.string().optional(),
  sku: z.object({ family: z.literal('A').default('A'), name: z.enum(['standard', 'premium']) }).optional(),
  accessPolicies: z.array(accessPolicy).optional(),
  enabledForDeployment: z.boolean().nullish(),
  enabledForDiskEncryption: z.boolean().nullish(),
  enabledForTemplateDeployment: z.boolean().nullish(),
  enableSoftDelete: z.literal(true, { error: 'The property "enableSoftDelete" can be set to true only.' }).nullish(),
  softDeleteRetentionInDays: z.int().nullish(),
  enableRbacAuthorization: z.boolean().nullish(),
  enablePurgeProtection: z.boolean().nullish(),
  networkAcls: networkAcls.nullish(),
  publicNetworkAccess: z.string().nullish(),
  createMode: z.string().nullish(),
});

const tags = z.record(z.string(), z.string()).nullish();

export const vaultPut = z.object({
  location: z.string(),
  tags,
  properties: properties.required({ tenantId: true, sku: true }),
});

export const vaultPatch = z.object({ tags, properties: properties.default({}) });

export const policiesPut = z.object({ properties: z.object({ accessPolicies: z.array(accessPolicy) }) });

type Request = { tags?: z.infer<typeof tags>; properties: z.infer<typeof properties> };

const given = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null)) as Partial<{
    [K in keyof T]: NonNullable<T[K]>;
  }>;

/** Converts the names on the wire to those of the state. Null and absent are the same on a write. */
export const vaultProperties = ({ tags: written, properties: wire }: Request): VaultProperties => {
  const enabledFor: Partial<Vault['enabledFor']> = given({
    deployment: wire.enabledForDeployment,
    diskEncryption: wire.enabledForDiskEncryption,
    templateDeployment: wire.enabledForTemplateDeployment,
  });
  return {
    enabledFor,
    ...given({
      tenantId: wire.tenantId,
      sku: wire.sku,
      tags: written,
      accessPolicies: wire.accessPolicies,
      rbac: wire.enableRbacAuthorization,
      networkAcls: wire.networkAcls,
      publicNetworkAccess: wire.publicNetworkAccess,
      softDelete: wire.enableSoftDelete,
      purgeProtection: wire.enablePurgeProtection,
      softDeleteRetention: wire.softDeleteRetentionInDays,
    }),
  };
};
