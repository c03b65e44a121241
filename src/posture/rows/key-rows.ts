import { disks, every, type Row, servers, singles } from '../row.ts';

export const KEY_ROWS: readonly Row[] = [
  every('S1.15', 'APPR', 'keyVersionPresent', 'The key exists in the vault'),
  disks('S1.16', 'APPR', 'pinWellFormed', 'The set names its vault and a version of a key in it'),
  disks('S1.32', 'APPR', 'everyKeyUsable', 'A disabled, deleted or expired key stops machines'),
  servers('S2.5', 'INFO', 'asymmetricKeyInVault', 'The key is asymmetric, in a vault of the customer'),
  every('S2.9', 'APPR', 'keyAgeAllowed', 'The whole life of the key is in your hands, rotation included'),
  every('S2.14', 'INFO', 'previousKeyKept', 'Old versions are needed until all is wrapped anew'),
  every('S2.23', 'PREV', 'noPurgeCountdown', 'What is deleted is kept for 90 days'),
  every('S2.28', 'APPR', 'stillRecoverable', 'Nothing is purged before its retention ends'),
  servers('S2.31', 'PLAN', 'keyTypeSupported', 'The key is RSA 2048'),
  every('S2.32', 'APPR', 'keyActive', 'An activation date is past'),
  every('S2.33', 'AUTO', 'noNearExpiry', 'There is no expiry, or it is far away'),
  every('S2.34', 'APPR', 'keyEnabled', 'The key is enabled'),
  singles('S2.35', 'PLAN', 'fullyRecoverable', 'The recovery level is Recoverable'),
  every('S2.36', 'APPR', 'notPurgeable', 'The key cannot be purged'),
  every('S2.49', 'APPR', 'keyVersionPresent', 'A deleted key is recovered, then the server revalidated'),
  every('S2.50', 'AUTO', 'notExpired', 'An expired key is extended, then the server revalidated'),
  every('S2.52', 'APPR', 'keyVersionPresent', 'Accident: the key was deleted'),
  servers('S2.60', 'PREV', 'formerVersionsKept', 'Backups need the version they were made with'),
  singles('S2.68', 'PLAN', 'keyTypeSupported', 'Only RSA 2048 keys'),
];
