import { z } from 'zod';
import { parseKeyIdentifier } from '../key-vault/key-identifier.ts';

const TYPES = ['None', 'SystemAssigned', 'UserAssigned', 'SystemAssigned, UserAssigned'] as const;

const IDENTITY = z.object({
  type: z.enum(TYPES),
  /** `null` takes an identity away. */
  userAssignedIdentities: z.record(z.string(), z.looseObject({}).nullable()).optional(),
});

const ACTIVE_KEY = z
  .object({
    keyUrl: z
      .string()
      .refine((url) => parseKeyIdentifier(url)?.version !== undefined, 'must be the id of a key with its version'),
    sourceVault: z.object({ id: z.string() }).nullish(),
  })
  .transform(({ keyUrl, sourceVault }) => ({ keyUrl, ...(sourceVault ? { sourceVault: sourceVault.id } : {}) }));

const properties = {
  encryptionType: z
    .enum([
      'EncryptionAtRestWithCustomerKey',
      'EncryptionAtRestWithPlatformAndCustomerKeys',
      'ConfidentialVmEncryptedWithCustomerKey',
    ])
    .optional(),
  activeKey: ACTIVE_KEY.optional(),
  rotationToLatestKeyVersionEnabled: z.boolean().optional(),
  federatedClientId: z.string().optional(),
};

const TAGS = z.record(z.string(), z.string());

/** `DiskEncryptionSetUpdate` of 2025-01-02. */
export const SET_UPDATE = z.object({
  identity: IDENTITY.optional(),
  tags: TAGS.optional(),
  properties: z.object(properties).optional(),
});

/** `DiskEncryptionSet` of 2025-01-02 as it is put. */
export const SET_PUT = z.object({
  location: z.string(),
  identity: IDENTITY.optional(),
  tags: TAGS.optional(),
  properties: z.object({ ...properties, activeKey: ACTIVE_KEY }),
});

export type SetUpdate = z.infer<typeof SET_UPDATE>;
export type SetIdentityBody = z.infer<typeof IDENTITY>;
