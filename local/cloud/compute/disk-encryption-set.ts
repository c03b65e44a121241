import type { ComputeResource } from './compute-resource.ts';

/** `keyUrl` is the versioned key id; the vault is named only when it is in the same subscription. */
export type SetKey = { keyUrl: string; sourceVault?: string };

export type SetIdentity = {
  system?: { principalId: string; tenantId: string };
  /** By resource id. */
  user: Record<string, { principalId: string; clientId: string }>;
};

export type EncryptionType =
  | 'EncryptionAtRestWithCustomerKey'
  | 'EncryptionAtRestWithPlatformAndCustomerKeys'
  | 'ConfidentialVmEncryptedWithCustomerKey';

/** Why a set cannot use its key, in the words of the disk resource provider. */
export type SetRefusal = { code: string; message: string };

/** Microsoft.Compute/diskEncryptionSets. It has no state of its own: provisioningState stays Succeeded. */
export type DiskEncryptionSet = ComputeResource & {
  encryptionType: EncryptionType;
  identity: SetIdentity;
  activeKey: SetKey;
  /** Not empty only while what it encrypts is wrapped anew. */
  previousKeys: SetKey[];
  rotationToLatestKeyVersionEnabled: boolean;
  lastKeyRotationAt?: number;
  /** While this error is set, Azure tries no rotation. */
  autoKeyRotationError?: SetRefusal;
  /** The application with which a key of another tenant is used. */
  federatedClientId?: string;
  /** Since when and why running machines cannot use the key. Not to be seen in Azure. */
  loss?: { at: number; reason: SetRefusal };
};
