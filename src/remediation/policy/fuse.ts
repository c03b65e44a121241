import { brokenSince, causesIn } from '../diagnosis/root-causes.ts';
import { type Finding, findingId } from '../model/findings.ts';
import { oncePer } from '../model/once-per.ts';
import type { PolicyRecords } from '../model/records.ts';
import { heldTogether } from './held-together.ts';
import type { PolicySituation } from './policy-rule.ts';
import type { PolicySettings } from './policy-types.ts';

/**
 * The number of root causes that blows the fuse: the number in the settings, or the share of the keys in use where that is more.
 */
export const fuseLimit = (
  { rootCauses, sharePercent }: PolicySettings['fuse'],
  { keyCount = 0 }: Pick<PolicyRecords, 'keyCount'>,
): number => Math.max(rootCauses, Math.ceil((sharePercent * keyCount) / 100));

/** A server that is still down after its cause was repaired was counted when its incident began. */
const isCause = ({ kind }: Finding): boolean => kind !== 'consumerInaccessible';

const ownCauses = oncePer(({ baseline, findings, observation, records }: PolicySituation) =>
  causesIn(records.incidentOpenedAt === undefined ? findings : findings.filter(isCause), observation.key, baseline),
);

/**
 * The times, in ms, at which something of this key broke: when its incident began, and whenever more broke during it. An incident
 * may stay open for long: anybody who may make a server that names the key can hold it open.
 */
const momentsOf = oncePer((situation: PolicySituation): readonly number[] => {
  const { findings, now, records } = situation;
  const own = new Set(ownCauses(situation));
  const { incidentOpenedAt, judged, rootCauses } = records;
  if (incidentOpenedAt === undefined) return [now.getTime()];
  const isNews = brokenSince(findings.filter(isCause), judged ?? findings.map(findingId)).length > 0;
  const later = rootCauses.filter(({ cause }) => own.has(cause)).map(({ at }) => Date.parse(at));
  return [Date.parse(incidentOpenedAt), ...later, ...(isNews ? [now.getTime()] : [])];
});

const windowOf = ({ settings }: PolicySituation): number => settings.fuse.windowMinutes * 60_000;

/**
 * For each of these times: the causes of this key, and those of all other keys that broke within the window around it. Overrides
 * are not considered here.
 */
const togetherAt = oncePer((situation: PolicySituation) => {
  const own = ownCauses(situation);
  return momentsOf(situation).map((moment) => {
    const near = situation.records.rootCauses.filter(
      ({ at }) => !(Math.abs(Date.parse(at) - moment) > windowOf(situation)),
    );
    return { moment, causes: new Set([...near.map(({ cause }) => cause), ...own]) };
  });
});

/**
 * The times, in ms, at which something of this key broke together with enough independent root causes, also of other keys, to
 * make a systemic cause likely. "Together" means within the window before or after: a fault that lasts does not count against
 * later faults, and is not healed without a question once the others are out of the window. Faults that an override held back count
 * as if they had begun when the override was lifted or ended. `ids`: an override held this key back if it names one of these ids.
 */
export const blownAt = (ids: readonly string[], situation: PolicySituation): readonly number[] => {
  const { records, settings, now } = situation;
  const limit = fuseLimit(settings.fuse, records);
  const began = records.incidentOpenedAt === undefined ? now.getTime() : Date.parse(records.incidentOpenedAt);
  const held = heldTogether(ids, records, { began, now: now.getTime(), windowMs: windowOf(situation) });
  const heldCauses = new Set(held.map(({ cause }) => cause));
  const more = (causes: ReadonlySet<string>): number => [...heldCauses].filter((cause) => !causes.has(cause)).length;
  return togetherAt(situation).flatMap(({ moment, causes }) => (causes.size + more(causes) >= limit ? [moment] : []));
};
