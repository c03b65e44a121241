import { disks, every, type Row, servers } from '../row.ts';

export const ACCESS_ROWS: readonly Row[] = [
  disks('S1.18', 'APPR', 'identityPresent', 'The set has an identity that may be let in'),
  disks('S1.19', 'AUTO', 'accessComplete', 'The identity of the set may get, wrapKey and unwrapKey'),
  disks('S1.20', 'AUTO', 'readerOnVault', 'The identity of the set reads the vault'),
  servers('S2.15', 'AUTO', 'mayGet', 'The server needs get'),
  servers('S2.16', 'AUTO', 'mayWrap', 'The server needs wrapKey'),
  servers('S2.17', 'AUTO', 'mayUnwrap', 'The server needs unwrapKey (a flexible one list, too)'),
  servers('S2.29', 'AUTO', 'accessComplete', 'The server gets in through an identity of its own'),
  servers('S2.30', 'APPR', 'identityPresent', 'The portal makes the identity when encryption is switched on'),
  every('S2.51', 'APPR', 'accessAsBefore', 'Accident: permissions were revoked'),
  every('S2.55', 'APPR', 'identityAlive', 'Accident: the identity was deleted from Entra'),
];
