import { brokenSince, causesIn } from '../diagnosis/root-causes.ts';
import { type Finding, findingId } from '../model/findings.ts';
import { oncePer } from '../model/once-per.ts';
import type { PolicyRecords } from '../model/records.ts';
import { heldTogether } from './held-together.ts';
import type { PolicySituation } from './policy-rule.ts';
import type { PolicySettings } from './policy-types.ts';

/** As many root causes as blow it: the number, or the share of the keys in use where that is more. */
export const fuseLimit = (
  { rootCauses, sharePercent }: PolicySettings['fuse'],
  { keyCount = 0 }: Pick<PolicyRecords, 'keyCount'>,
): number => Math.max(rootCauses, Math.ceil((sharePercent * keyCount) / 100));

/** A server that is still down when what took it is repaired was counted when its incident began. */
const isCause = ({ kind }: Finding): boolean => kind !== 'consumerInaccessible';

const ownCauses = oncePer(({ baseline, findings, observation, records }: PolicySituation) =>
  causesIn(records.incidentOpenedAt === undefined ? findings : findings.filter(isCause), observation.key, baseline),
);

/**
 * The moments at which something of this key broke, in ms: when its incident began, and whenever more broke in it. An incident may
 * be open for long, since anybody who may make a server that names the key can hold it open.
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

/** The moments with the causes of this key and of all others that broke together with it, whatever an order has held. */
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
 * The moments, in ms, at which something of this key broke together with so many independent root causes, those of other keys
 * included, that a systemic cause is likely. Together: within the window before or after, so that a fault that lasts neither
 * counts against what breaks later, nor is healed unasked once the others are forgotten. What has gathered while an order held
 * it counts as if it had begun when the order was lifted, or ended. `ids`: what an order must mean to have held it.
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
