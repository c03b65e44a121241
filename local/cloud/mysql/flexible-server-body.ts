import { z } from 'zod';
import { TAGS } from '../arm/read-body.ts';

export const IDENTITY = z.object({
  /** `None` takes every identity away, which the Azure CLI sends for the last one. */
  type: z.enum(['UserAssigned', 'None']),
  /** `null` takes an identity away. */
  userAssignedIdentities: z.record(z.string(), z.looseObject({}).nullable()).default({}),
});

export const DATA_ENCRYPTION = z
  .object({
    type: z.literal('AzureKeyVault'),
    primaryKeyURI: z.string(),
    primaryUserAssignedIdentityId: z.string(),
    geoBackupKeyURI: z.string().nullish(),
    geoBackupUserAssignedIdentityId: z.string().nullish(),
  })
  .transform(({ type: _type, geoBackupKeyURI, geoBackupUserAssignedIdentityId, ...primary }) => ({
    ...primary,
    ...(geoBackupKeyURI && geoBackupUserAssignedIdentityId ? { geoBackupKeyURI, geoBackupUserAssignedIdentityId } : {}),
  }));

const UNCHANGED = z.looseObject({}).optional();

/** `ServerForUpdate`. Identity, tags and data encryption can be changed here; the Azure CLI sends the others along as they are. */
export const UPDATE = z.strictObject({
  identity: IDENTITY.optional(),
  tags: TAGS.optional(),
  sku: UNCHANGED,
  properties: z
    .strictObject({
      dataEncryption: DATA_ENCRYPTION.optional(),
      storage: UNCHANGED,
      backup: UNCHANGED,
      highAvailability: UNCHANGED,
      network: UNCHANGED,
      maintenancePolicy: UNCHANGED,
    })
    .optional(),
});

export const CREATE = z.object({
  location: z.string(),
  tags: TAGS.optional(),
  sku: z.object({ name: z.string(), tier: z.string() }).optional(),
  identity: IDENTITY.optional(),
  properties: z.object({
    createMode: z.literal('Default').default('Default'),
    administratorLogin: z.string(),
    administratorLoginPassword: z.string(),
    version: z.string().optional(),
    storage: z.looseObject({ storageSizeGB: z.number().optional() }).optional(),
    dataEncryption: DATA_ENCRYPTION.optional(),
  }),
});

export type IdentityBody = z.infer<typeof IDENTITY>;
export type UpdateBody = z.infer<typeof UPDATE>;
