import type { Checks } from '../check.ts';
import { backupKey, deleteLock, lockVault, noteEscrow } from '../commands.ts';
import type { PathFacts } from '../facts.ts';
import { fail, holds, type Judgement, judged, unclear } from '../judgement.ts';
import { pinnedVersions, vaultIdOf } from '../path.ts';

const locked = (path: PathFacts): Judgement =>
  judged(
    path.locks,
    (locks) => {
      const readOnly = locks.find(({ level }) => level === 'ReadOnly');
      if (readOnly)
        return fail(`${readOnly.id} makes it read-only: nothing of it could be repaired`, deleteLock(readOnly.id));
      return holds(
        locks.length > 0,
        locks.map(({ id }) => id).join(', ') || 'no lock; keys would not be covered by one either',
        lockVault(vaultIdOf(path)),
      );
    },
    () => unclear('there is no vault to lock'),
  );

const backedUp = (path: PathFacts): Judgement =>
  judged(
    path.backup,
    ({ name, takenOn }) => {
      const versions = pinnedVersions(path);
      const isOlder = versions.kind === 'present' && versions.value.some(({ createdOn }) => takenOn < createdOn);
      return holds(
        !isOlder,
        `${name} of ${takenOn}${isOlder ? ', from before this version was made' : ''}`,
        ...backupKey(path.observation.key),
      );
    },
    () => fail('no backup is recorded', ...backupKey(path.observation.key)),
  );

/** The tag `cmk-guardian:escrow` on the vault holds the date on which its owner attested the escrow. */
const escrowed = (path: PathFacts): Judgement =>
  judged(
    path.observation.vault,
    ({ tags, id }) => {
      const date = tags['cmk-guardian:escrow'];
      return holds(
        date !== undefined && !Number.isNaN(Date.parse(date)),
        date === undefined ? 'no escrow is attested' : `attested on ${date}`,
        noteEscrow(id),
      );
    },
    () => unclear('there is no vault to look at'),
  );

export const KEEP_CHECKS = {
  vaultLocked: { judge: locked, page: 'vaultNotLocked' },
  keyEscrowed: { judge: escrowed, page: 'backupMissing' },
  keyBackedUp: { judge: backedUp, page: 'backupMissing' },
} as const satisfies Checks<PathFacts>;
