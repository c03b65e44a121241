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

/** The reason why a set cannot use its key, in the words of the disk resource provider. */
export type SetRefusal = { code: string; message: string };

/** Microsoft.Compute/diskEncryptionSets. It has no state of its own: provisioningState stays Succeeded. */
export type DiskEncryptionSet = ComputeResource & {
  encryptionType: EncryptionType;
  identity: SetIdentity;
  activeKey: SetKey;
  /** Not empty only while the disks of the set are wrapped with the new key. */
  previousKeys: SetKey[];
  rotationToLatestKeyVersionEnabled: boolean;
  lastKeyRotationAt?: number;
  /** While this error is set, Azure tries no rotation. */
  autoKeyRotationError?: SetRefusal;
  /** The application with which a key of another tenant is used. */
  federatedClientId?: string;
  /** The time and the reason since when running machines cannot use the key. Azure does not show it. */
  loss?: { at: number; reason: SetRefusal };
};
