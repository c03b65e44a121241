import { disks, every, type Row, servers } from '../row.ts';

export const CONSUMER_ROWS: readonly Row[] = [
  disks('S1.17', 'APPR', 'rotationRuns', 'The disk encryption set is made, and nothing stops its rotation'),
  disks('S1.28', 'INFO', 'regionSupported', 'Only regions with support (today all that have disks)'),
  servers('S2.1', 'INFO', 'knownServerType', 'It applies to MySQL servers'),
  servers('S2.2', 'INFO', 'encryptedWithOwnKey', 'The server is encrypted with a key of your own'),
  every('S2.3', 'PREV', 'ownerNamed', 'You own the key’s life, permissions and audit'),
  every('S2.4', 'INFO', 'oneActiveKey', 'One key wraps the data key of a server'),
  every('S2.8', 'PREV', 'revocationObeyed', 'Who withdraws the key blocks access'),
  every('S2.10', 'INFO', 'keyInventoried', 'Keys are managed in one place'),
  every('S2.13', 'PREV', 'fewConsumersPerKey', 'Losing the key loses every data key under it'),
  every('S2.44', 'AUTO', 'pathWhole', 'Access to the key must never break'),
  servers('S2.45', 'AUTO', 'consumerReady', 'Without its key a server refuses all within ten minutes'),
  servers('S2.46', 'AUTO', 'copyReady', 'A restored copy begins inaccessible'),
  servers('S2.47', 'AUTO', 'replicaReady', 'A replica begins inaccessible'),
  servers('S2.56', 'INFO', 'healthKnown', 'Resource Health shows it after the first refused connection'),
  servers('S2.59', 'INFO', 'copiesEncrypted', 'Every copy of the server is encrypted, too'),
  servers('S2.61', 'PREV', 'fitToCopy', 'Step 1: make the copy from a server that is well'),
  servers('S2.62', 'AUTO', 'copyLetIn', 'Step 2: the copy waits until its identity is let in'),
  servers('S2.63', 'AUTO', 'copyRevalidated', 'Step 3: the copy is revalidated'),
];
