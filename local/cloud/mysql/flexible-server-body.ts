import { z } from 'zod';
import { TAGS } from '../arm/read-body.ts';

export const IDENTITY = z.object({
  type: z.literal('UserAssigned'),
  /** `null` takes an identity away. */
  userAssignedIdentities: z.record(z.string(), z.looseObject({}).nullable()),
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

/** The parts of `ServerForUpdate` that can be changed here. */
export const UPDATE = z.strictObject({
  identity: IDENTITY.optional(),
  tags: TAGS.optional(),
  properties: z.strictObject({ dataEncryption: DATA_ENCRYPTION.optional() }).optional(),
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
