import { disks, every, type Row, servers } from '../row.ts';

export const VAULT_ROWS: readonly Row[] = [
  disks('S1.5', 'APPR', 'vaultPresent', 'There is a Key Vault that holds the key'),
  every('S1.6', 'APPR', 'softDeleteOn', 'Soft delete is on'),
  every('S1.7', 'APPR', 'purgeProtectionOn', 'Purge protection is on'),
  disks('S1.14', 'PLAN', 'sameRegion', 'Vault and disk encryption set lie in one region'),
  servers('S2.20', 'PLAN', 'sameTenant', 'Vault and server belong to one Entra tenant'),
  every('S2.21', 'APPR', 'vaultUnmoved', 'A vault that moved means encryption is set anew'),
  servers('S2.22', 'PLAN', 'retentionNinetyDays', 'Soft delete keeps for 90 days'),
  every('S2.25', 'INFO', 'softDeleteOn', 'Soft delete must be switched on (today it is by default)'),
  every('S2.26', 'APPR', 'purgeProtectionOn', 'Purge protection is on, with 90 days'),
  every('S2.27', 'APPR', 'protectionInOrder', 'Soft delete comes before purge protection'),
  servers('S2.40', 'PLAN', 'sameRegion', 'Vault and server lie in one region'),
  every('S2.48', 'APPR', 'vaultPresent', 'A deleted vault is recovered, then the server revalidated'),
  every('S2.53', 'APPR', 'vaultPresent', 'Accident: the vault was deleted'),
];
