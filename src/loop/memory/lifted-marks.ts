import type { Baseline } from '../../remediation/model/baseline.ts';
import type { KeyObservation } from '../../remediation/model/facts.ts';
import { parseKeyId } from '../../remediation/model/key-ref.ts';
import type { Known } from '../../remediation/model/known.ts';
import { isSame, named } from '../../remediation/model/order-target.ts';
import { tagMark } from '../../remediation/policy/do-not-heal-mark.ts';
import { provenIn } from '../../remediation/protocol/believe.ts';
import type { LedgerEntry, LedgerRow } from '../../remediation/protocol/ledger.ts';
import type { Guardian } from '../guardian.ts';
import { PRODUCT_CHAIN } from '../record.ts';

const KIND = 'mark lifted';

/**
 * A person has taken back a mark on a version that nobody can read now. Entered as what baselines rest on: the healthy state
 * holds that mark, and only what is proven takes anything out of it.
 */
export const liftedMarkEntry = (kid: string, at: string): LedgerEntry => ({
  id: `${KIND}.${kid}.${at}`,
  at,
  kind: 'baseline',
  target: `${KIND} ${kid}`,
  detail: { what: KIND, kid },
  correlationIds: [],
});

/** The versions of a healthy state that bore a mark, and are meant by this target. */
export const marksMeant = ({ tags = {} }: Pick<Baseline, 'tags'>, target: string, doNotHealTag: string) =>
  Object.entries(tags)
    .filter(([kid, its]) => tagMark(kid, its, doNotHealTag) !== undefined && isSame(named(kid), named(target)))
    .map(([kid]) => kid);

const liftedIn = ({ kind, target, at }: LedgerRow, since: string | undefined): readonly string[] =>
  kind === 'baseline' && target?.startsWith(`${KIND} `) && (since === undefined || Date.parse(at) > Date.parse(since))
    ? [target.slice(KIND.length + 1)]
    : [];

/**
 * What is known, without the marks of the healthy state that people have taken back since. The chain of the product is read only
 * where such a mark is on a version that cannot be read now, which then speaks for itself: two calls.
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
