import { type Backups, openBackups } from './backups.ts';
import { type Baselines, openBaselines } from './baseline.ts';
import { connect, type StorageSettings } from './connection.ts';
import { type ConsumerIndex, openConsumerIndex } from './consumer-index.ts';
import { type Evidence, openEvidence } from './evidence.ts';
import { type Incidents, openIncidents } from './incidents.ts';
import { type KeyRows, openKeyRows } from './key-rows.ts';
import { type Leases, openLeases } from './leases.ts';
import { type Ledger, openLedger } from './ledger.ts';
import { openPostureReports, type PostureReports } from './posture-reports.ts';
import { openRecords, type Records } from './records.ts';
import { openTable } from './table.ts';
import { openVaultRecoveries, type VaultRecoveries } from './vault-recoveries.ts';
import { openVaultSnapshots, type VaultSnapshots } from './vault-snapshots.ts';

export type Store = {
  readonly keyRows: KeyRows;
  readonly records: Records;
  readonly leases: Leases;
  readonly incidents: Incidents;
  readonly ledger: Ledger;
  readonly baselines: Baselines;
  readonly consumerIndex: ConsumerIndex;
  readonly evidence: Evidence;
  readonly backups: Backups;
  readonly postureReports: PostureReports;
  readonly vaultSnapshots: VaultSnapshots;
  readonly vaultRecoveries: VaultRecoveries;
};

export type StoreSettings = {
  readonly storage: StorageSettings;
  /** Letters and digits; begins every table's and container's name. */
  readonly tablePrefix: string;
};

/** Opens nothing yet: clients, tables and the container come into being on first use. */
export const openStore = (settings: StoreSettings, now: () => number = Date.now): Store => {
  const connection = connect(settings.storage);
  const table = (name: string) => openTable(connection, `${settings.tablePrefix}${name}`);
  const keys = table('keys');
  const vaults = table('vaults');
  return {
    keyRows: openKeyRows(keys),
    records: openRecords(keys, table('records')),
    leases: openLeases(table('leases'), now),
    incidents: openIncidents(keys),
    ledger: openLedger(table('ledger')),
    baselines: openBaselines(keys),
    consumerIndex: openConsumerIndex(keys),
    evidence: openEvidence(connection, `${settings.tablePrefix.toLowerCase()}-evidence`),
    backups: openBackups(connection, `${settings.tablePrefix.toLowerCase()}-backups`),
    postureReports: openPostureReports(table('records')),
    vaultSnapshots: openVaultSnapshots(vaults, now),
    vaultRecoveries: openVaultRecoveries(vaults),
  };
};
