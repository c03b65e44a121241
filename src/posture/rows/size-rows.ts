import { type Row, singles } from '../row.ts';

export const SIZE_ROWS: readonly Row[] = [
  singles('S2.7', 'PLAN', 'serverSupportsKeys', 'Only on storage v2, General Purpose and Memory Optimized'),
  singles('S2.64', 'PLAN', 'tierSupported', 'Limited to General Purpose and Memory Optimized'),
  singles('S2.65', 'PLAN', 'storageGeneration', 'Only with storage v2, up to 16 TB'),
  singles('S2.66', 'PLAN', 'sourceStorageGeneration', 'A copy does not count as a new server'),
  singles('S2.67', 'PLAN', 'storageOffered', 'A slider that stops at 4 TB means storage v1'),
];
