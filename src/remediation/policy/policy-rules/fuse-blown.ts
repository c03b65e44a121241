import { rootCauses } from '../../diagnosis/root-causes.ts';
import type { Finding } from '../../model/findings.ts';
import { oncePer } from '../../model/once-per.ts';
import type { PolicyRecords } from '../../model/records.ts';
import { ask, type PolicyRule, type PolicySituation } from '../policy-rule.ts';
import type { PolicySettings } from '../policy-types.ts';

/** As many root causes as blow it: the number, or the share of the keys in use where that is more. */
export const fuseLimit = (
  { rootCauses, sharePercent }: PolicySettings['fuse'],
  { keyCount = 0 }: Pick<PolicyRecords, 'keyCount'>,
): number => Math.max(rootCauses, Math.ceil((sharePercent * keyCount) / 100));

/** A server that is still down when what took it is repaired was counted when its incident began. */
const isCause = ({ kind }: Finding): boolean => kind !== 'consumerInaccessible';

const ownCauses = oncePer(({ findings, observation, records }: PolicySituation) =>
  rootCauses(records.incidentOpenedAt === undefined ? findings : findings.filter(isCause), observation.key),
);

/**
 * Too many independent root causes at once, those of other keys included, mean a systemic cause. At once: within the
 * window before or after the moment at which this incident began, so that a fault that lasts neither counts against
 * what breaks later, nor is healed unasked once the others are forgotten.
 */
export const fuseBlown: PolicyRule = (step, situation) => {
  const { records, settings, now } = situation;
  const { windowMinutes } = settings.fuse;
  const limit = fuseLimit(settings.fuse, records);
  const began = records.incidentOpenedAt === undefined ? now.getTime() : Date.parse(records.incidentOpenedAt);
  const together = records.rootCauses.filter(({ at }) => !(Math.abs(Date.parse(at) - began) > windowMinutes * 60_000));
  const causes = new Set([...together.map(({ cause }) => cause), ...ownCauses(situation)]);
  return causes.size < limit
    ? undefined
    : ask(
        step,
        `There are ${limit} or more independent faults within ${windowMinutes} minutes, which points to one systemic cause; approve this plan if there is none.`,
      );
};
