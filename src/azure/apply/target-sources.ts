import type { Backups } from '../connection/backups.ts';
import type { Connection } from '../connection/connection.ts';
import type { KeyClients } from '../key-vault/key-clients.ts';
import type { Sources } from '../observe/observe-shared.ts';

/** What reading a target may ask. */
export type TargetSources = Sources & {
  readonly connection: Connection;
  readonly keyClients: KeyClients;
  /** None in a process that has no storage. */
  readonly backups?: Backups;
};
