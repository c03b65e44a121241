import { addDuration, durationInWords } from '../../remediation/model/duration.ts';
import { followsKey } from '../../remediation/observation/versions-in-use.ts';
import type { Checks } from '../check.ts';
import type { PathFacts } from '../facts.ts';
import { fail, holds, type Judgement, judged, notApplicable, unclear } from '../judgement.ts';
import { onVersion } from './on-version.ts';

const ageAllowed = onVersion(({ createdOn, version }, { now, settings, consumer, observation: { current } }) => {
  const isOld = addDuration(new Date(createdOn || now), settings.maximumKeyAge) < new Date(now);
  const isCurrent = followsKey(consumer) || current?.kind !== 'present' || current.value.version === version;
  const made = `made on ${createdOn}`;
  if (isOld) return fail(`${made}, older than ${durationInWords(settings.maximumKeyAge)}`);
  return holds(isCurrent, isCurrent ? made : `${made}; the current version is another`);
});

/**
 * A former version stays in use until all data keys are wrapped with the new version. Disabling it makes old backups
 * unreadable.
 */
const formerVersionsKept = (path: PathFacts): Judgement =>
  judged(
    path.history,
    (versions) => {
      const off = versions.filter(({ enabled: on }) => !on).map(({ version }) => version);
      return holds(
        off.length === 0,
        off.length === 0
          ? `${versions.length} versions, all enabled`
          : `disabled: ${off.join(', ')}; backups made with them cannot be restored`,
      );
    },
    () => unclear('the versions of the key are not there to judge'),
  );

const previousKept = (path: PathFacts): Judgement => {
  if (path.consumer.use !== 'previous') return notApplicable('it is not being wrapped anew');
  return onVersion(({ enabled: on, kid }) =>
    holds(on, `${kid} is ${on ? 'enabled' : 'disabled'} while it is still needed`),
  )(path);
};

export const KEY_HISTORY_CHECKS = {
  keyAgeAllowed: { judge: ageAllowed, page: 'consumerPinnedToOldVersion' },
  previousKeyKept: { judge: previousKept, page: 'keyDisabled' },
  formerVersionsKept: { judge: formerVersionsKept, page: 'keyDisabled' },
} as const satisfies Checks<PathFacts>;
