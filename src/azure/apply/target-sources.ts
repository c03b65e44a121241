import type { Backups } from '../connection/backups.ts';
import type { Connection } from '../connection/connection.ts';
import type { KeyClients } from '../key-vault/key-clients.ts';
import type { Sources } from '../observe/observe-shared.ts';

/** The sources from which a target is read. */
export type TargetSources = Sources & {
  readonly connection: Connection;
  readonly keyClients: KeyClients;
  /** Left out in a process without storage. */
  readonly backups?: Backups;
};
