import { type Anchors, openAnchors } from './anchors.ts';
import { type BackupBlobs, openBackups } from './backups.ts';
import { type Baselines, openBaselines } from './baseline.ts';
import { type Beats, openBeats } from './beats.ts';
import { type CallerRows, openCallers } from './callers.ts';
import { connect, type StorageSettings } from './connection.ts';
import { type ConsumerIndex, openConsumerIndex } from './consumer-index.ts';
import { type Evidence, openEvidence } from './evidence.ts';
import { type Failures, openFailures } from './failures.ts';
import { type FollowedRow, openFollowed } from './followed.ts';
import { type Incidents, openIncidents } from './incidents.ts';
import { type KeyRows, openKeyRows } from './key-rows.ts';
import { type Lanes, openLanes } from './lanes.ts';
import { type Leases, openLeases } from './leases.ts';
import { isNothingEntered, type Ledger, openLedger } from './ledger.ts';
import { EVENTS, type KeptEvents, type KeptMessage, type KeptNotice, messagesFor, NOTICES } from './message-kinds.ts';
import { type MessageThreads, openMessageThreads } from './message-threads.ts';
import { openPostureDocuments, type PostureDocuments } from './posture-documents.ts';
import { openPostureReports, type PostureReports } from './posture-reports.ts';
import { openQuarantine, type Quarantine } from './quarantine.ts';
import { openRecords, type Records } from './records.ts';
import { openReminders, type Reminders } from './reminders.ts';
import { openSingletons, type Singletons } from './singletons.ts';
import { storageTrouble } from './storage-trouble.ts';
import { openTable } from './table.ts';
import { openTold, type ToldUnreadable } from './told.ts';
import { openToldCauses, type ToldCauses } from './told-causes.ts';
import { openVaultRecoveries, type VaultRecoveries } from './vault-recoveries.ts';
import { openVaultSnapshots, type VaultSnapshots } from './vault-snapshots.ts';
import { openWaitingMessages, type WaitingMessages } from './waiting-messages.ts';
import { openWhoDidIt, type WhoDidItRows } from './who-did-it.ts';
import { openWouldHaveNotes, type WouldHaveNotes } from './would-have.ts';

export type Store = {
  readonly keyRows: KeyRows;
  readonly records: Records;
  readonly leases: Leases;
  readonly lanes: Lanes;
  readonly incidents: Incidents;
  readonly ledger: Ledger;
  readonly baselines: Baselines;
  readonly consumerIndex: ConsumerIndex;
  readonly evidence: Evidence;
  readonly beats: Beats;
  /** Sentences on the error of a call to storage: what is wrong, and what to do. See `storageTrouble`. */
  readonly troubleOf: typeof storageTrouble;
  readonly callers: CallerRows;
  readonly told: ToldUnreadable;
  readonly followed: FollowedRow;
  readonly failures: Failures;
  readonly singletons: Singletons;
  readonly anchors: Anchors;
  readonly backups: BackupBlobs;
  readonly postureReports: PostureReports;
  readonly postureDocuments: PostureDocuments;
  readonly vaultSnapshots: VaultSnapshots;
  readonly vaultRecoveries: VaultRecoveries;
  readonly waitingNotices: WaitingMessages<KeptNotice>;
  readonly waitingEvents: WaitingMessages<KeptEvents>;
  /** The messages that wait for one target. */
  waitingFor(target: string): WaitingMessages<KeptMessage>;
  readonly threads: MessageThreads;
  readonly toldCauses: ToldCauses;
  readonly reminders: Reminders;
  readonly quarantine: Quarantine;
  readonly whoDidIt: WhoDidItRows;
  readonly wouldHave: WouldHaveNotes;
};

export type StoreSettings = {
  readonly storage: StorageSettings;
  /** The account of the anchors; left out where they are beside the rows. */
  readonly anchors?: StorageSettings;
  /** Letters and digits; the prefix of every table's and container's name. */
  readonly tablePrefix: string;
};

/** Opens nothing yet: clients, tables and containers are created on first use. */
export const openStore = (settings: StoreSettings, now: () => number = Date.now): Store => {
  const connection = connect(settings.storage);
  const table = (name: string) => openTable(connection, `${settings.tablePrefix}${name}`);
  const container = (name: string) => `${settings.tablePrefix.toLowerCase()}-${name}`;
  const keys = table('keys');
  const entries = table('ledger');
  const apart = settings.anchors === undefined ? connection : connect(settings.anchors);
  const anchors = openAnchors(apart, container('anchors'), () => isNothingEntered(entries), now);
  const vaults = table('vaults');
  const notices = table('notices');
  return {
    keyRows: openKeyRows(keys),
    records: openRecords(keys, table('records'), anchors),
    leases: openLeases(table('leases'), now),
    lanes: openLanes(table('leases'), now),
    incidents: openIncidents(keys, anchors),
    ledger: openLedger(entries, anchors),
    baselines: openBaselines(keys),
    consumerIndex: openConsumerIndex(keys),
    evidence: openEvidence(connection, container('evidence')),
    failures: openFailures(keys),
    told: openTold(table('records')),
    followed: openFollowed(table('records'), anchors),
    beats: openBeats(table('records')),
    troubleOf: storageTrouble,
    callers: openCallers(table('records'), now),
    singletons: openSingletons(table('records')),
    anchors,
    backups: openBackups(connection, container('backups')),
    postureReports: openPostureReports(table('records')),
    postureDocuments: openPostureDocuments(connection, container('posture')),
    vaultSnapshots: openVaultSnapshots(vaults, now),
    vaultRecoveries: openVaultRecoveries(vaults, anchors),
    waitingNotices: openWaitingMessages(notices, NOTICES),
    waitingEvents: openWaitingMessages(notices, EVENTS),
    waitingFor: (target) => openWaitingMessages(notices, messagesFor(target)),
    threads: openMessageThreads(notices),
    toldCauses: openToldCauses(notices),
    reminders: openReminders(notices),
    quarantine: openQuarantine(table('quarantine')),
    whoDidIt: openWhoDidIt(keys),
    wouldHave: openWouldHaveNotes(table('wouldhave')),
  };
};
