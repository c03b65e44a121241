import { type KeyObservation, present, type VaultFacts } from '../../remediation/model/facts.ts';
import type { KeyRef } from '../../remediation/model/key-ref.ts';
import type { Backups } from '../connection/backups.ts';
import type { KeyVersions } from './key-versions.ts';
import type { SeenVersions } from './observe-versions.ts';

/** Whether the current version of a key is worth a call: where a pinned version cannot go on. */
export type WantsCurrent = (versions: KeyObservation['versions']) => boolean;

export type WaysOutSources = {
  readonly keyVersions: KeyVersions;
  /** Left out where there is no storage for backups. */
  readonly backups?: Backups;
};

/**
 * The alternatives of a key: its current version, where it is wanted and not known yet, and a backup, where the key is
 * gone.
 */
export const observeWaysOut = async (
  { backups, keyVersions }: WaysOutSources,
  { key, vault }: { readonly key: KeyRef; readonly vault: VaultFacts },
  { current, loss, versions }: SeenVersions,
  wantsCurrent: WantsCurrent,
): Promise<Pick<KeyObservation, 'current' | 'backup' | 'backupContent'>> => {
  const isGone = loss?.kind === 'present' && loss.value.kind === 'gone';
  const backup = isGone && backups ? await backups.find(vault.name, key.name) : undefined;
  return {
    ...(current === undefined && wantsCurrent(versions) && { current: await keyVersions.current({ key, vault }) }),
    ...(backup?.kind === 'present' && { backup: present(backup.value.name), backupContent: backup.value.sha256 }),
    ...(backup && backup.kind !== 'present' && { backup }),
  };
};
