import type { Checks } from '../check.ts';
import { recoverKey } from '../commands.ts';
import type { PathFacts } from '../facts.ts';
import { fail, holds, type Judgement, judged, pass } from '../judgement.ts';
import { pinnedVersions } from '../path.ts';
import { active, enabled, notExpired } from './key-window-checks.ts';
import { onVersion } from './on-version.ts';

/** Whether the version exists; if not, what happened to its key. */
const keyThere = (path: PathFacts): Judgement =>
  judged(
    pinnedVersions(path),
    (versions) => pass(versions.map(({ kid }) => kid).join(', ')),
    () => {
      const { loss, key } = path.observation;
      const deleted = loss?.kind === 'present' && loss.value.kind === 'deleted';
      return fail(
        `${path.consumer.pinned.kid} is not there${deleted ? ', but its key can be recovered' : ''}`,
        ...(deleted ? [recoverKey(key)] : []),
      );
    },
  );

const recoverable = (path: PathFacts): Judgement => {
  const { loss } = path.observation;
  if (loss?.kind === 'present' && loss.value.kind === 'deleted')
    return holds(loss.value.recoverableUntil > path.now, `recoverable until ${loss.value.recoverableUntil}`);
  return onVersion(({ recoveryLevel = '' }) =>
    holds(recoveryLevel.includes('Recoverable'), recoveryLevel || 'no recovery level'),
  )(path);
};

const DAY_MS = 86_400_000;

/** The days until a deleted key or vault is purged. */
const noCountdown = (path: PathFacts): Judgement => {
  const { loss, vaultLoss } = path.observation;
  const ends = [loss, vaultLoss].flatMap((fact) =>
    fact?.kind === 'present' && fact.value.kind === 'deleted' ? [fact.value.recoverableUntil] : [],
  );
  const days = Math.min(...ends.map((end) => (Date.parse(end) - Date.parse(path.now)) / DAY_MS));
  if (ends.length === 0) return pass('nothing of this path is deleted');
  return holds(days >= 7, `${Math.floor(days)} days until it is purged`);
};

/** Enabled, active and not expired: a disk needs this of every key that it still uses. */
const keyUsable = (path: PathFacts): Judgement => {
  const wrong = [keyThere, enabled, active, notExpired]
    .map((check) => check(path))
    .find(({ verdict }) => verdict !== 'pass');
  return wrong ?? pass(`${path.consumer.pinned.kid} (${path.consumer.use ?? 'active'}) can be used`);
};

export const KEY_LOSS_CHECKS = {
  keyVersionPresent: { judge: keyThere, page: 'keyDeleted' },
  everyKeyUsable: { judge: keyUsable, page: 'machinesShutDown' },
  noPurgeCountdown: { judge: noCountdown, page: 'keyDeleted' },
  stillRecoverable: { judge: recoverable, page: 'keyPurged' },
} as const satisfies Checks<PathFacts>;
