import type { Baseline } from '../../remediation/model/baseline.ts';
import type { KeyObservation } from '../../remediation/model/facts.ts';
import { parseKeyId } from '../../remediation/model/key-ref.ts';
import type { Known } from '../../remediation/model/known.ts';
import { isSame, named } from '../../remediation/model/override-target.ts';
import { tagMark } from '../../remediation/policy/do-not-heal-mark.ts';
import { provenIn } from '../../remediation/protocol/believe.ts';
import type { LedgerEntry, LedgerRow } from '../../remediation/protocol/ledger.ts';
import type { Guardian } from '../guardian.ts';
import { PRODUCT_CHAIN } from '../record.ts';

const KIND = 'mark lifted';

/**
 * The ledger entry of a person who lifted a do-not-heal mark on a version that cannot be read now. Its kind is that of
 * baselines, because the baseline holds the mark, and only a proven entry may remove anything from a baseline.
 */
export const liftedMarkEntry = (kid: string, at: string): LedgerEntry => ({
  id: `${KIND}.${kid}.${at}`,
  at,
  kind: 'baseline',
  target: `${KIND} ${kid}`,
  detail: { what: KIND, kid },
  correlationIds: [],
});

/** The versions of a baseline that bore a do-not-heal mark and that this target means. */
export const marksMeant = ({ tags = {} }: Pick<Baseline, 'tags'>, target: string, doNotHealTag: string) =>
  Object.entries(tags)
    .filter(([kid, its]) => tagMark(kid, its, doNotHealTag) !== undefined && isSame(named(kid), named(target)))
    .map(([kid]) => kid);

const liftedIn = ({ kind, target, at }: LedgerRow, since: string | undefined): readonly string[] =>
  kind === 'baseline' && target?.startsWith(`${KIND} `) && (since === undefined || Date.parse(at) > Date.parse(since))
    ? [target.slice(KIND.length + 1)]
    : [];

/**
 * The known facts without the marks of the baseline that people have lifted since. The product's chain is read (two
 * calls) only where a version with such a mark cannot be read now; the tags of a version that can be read count as they
 * are.
 */
export const withLiftedMarks = async (
  { store, settings }: Pick<Guardian, 'store' | 'settings'>,
  known: Known,
  { versions }: Pick<KeyObservation, 'versions'>,
): Promise<Known> => {
  const { baseline, baselineAt } = known;
  const isHidden = ([kid, tags]: readonly [string, Readonly<Record<string, string>>]): boolean =>
    tagMark(kid, tags, settings.policy.doNotHealTag) !== undefined &&
    versions[parseKeyId(kid)?.version ?? '']?.kind !== 'present';
  const all = Object.entries(baseline?.tags ?? {});
  if (baseline === undefined || !all.some(isHidden)) return known;
  const rows = provenIn(await store.ledger.believe(PRODUCT_CHAIN));
  const lifted = new Set(rows.flatMap((row) => liftedIn(row, baselineAt)));
  return { ...known, baseline: { ...baseline, tags: Object.fromEntries(all.filter(([kid]) => !lifted.has(kid))) } };
};
