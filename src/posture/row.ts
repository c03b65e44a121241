import type { PostureRows } from '../remediation/model/profiles/profile.ts';
import { CONSUMER_KINDS, type ConsumerKind, profileOf } from '../remediation/model/profiles.ts';
import { CLUSTER_CHECKS, DISKS_CHECKS, PATH_CHECKS, PRODUCTS_CHECKS } from './all-checks.ts';
import type { Check } from './check.ts';
import type { ClusterFacts, DiskFacts, PathFacts, ProductFacts } from './facts.ts';

/**
 * AUTO: mode auto acts. APPR: a person is asked, unless the settings name the step. PLAN: a person follows a plan.
 * PREV: the fault is seen before anything breaks. INFO: a fact on which the product is built. Where the table gives two
 * levels, the first counts.
 */
export type Level = 'AUTO' | 'APPR' | 'PLAN' | 'PREV' | 'INFO';

type Head = {
  /** The id in the acceptance table: `S2.50`. */
  readonly id: string;
  /** The statement of the document, in short. */
  readonly statement: string;
  readonly level: Level;
  /** The name of its check. */
  readonly check: string;
};

export type PathRow = Head & Check<PathFacts> & { readonly about: 'path'; readonly kinds: readonly ConsumerKind[] };
export type ClusterRow = Head & Check<ClusterFacts> & { readonly about: 'cluster' };
export type DiskRow = Head & Check<DiskFacts> & { readonly about: 'disk' };
export type ProductRow = Head & Check<ProductFacts> & { readonly about: 'product' };

/** One statement of the acceptance table with its check. */
export type AcceptanceRow = PathRow | ClusterRow | DiskRow | ProductRow;

/** A row about the consumers whose profile names it. */
const ofPaths = (rows: PostureRows) => {
  const kinds = CONSUMER_KINDS.filter((kind) => profileOf(kind).postureRows.includes(rows));
  return (id: string, level: Level, check: keyof typeof PATH_CHECKS, statement: string): PathRow => {
    return { about: 'path', id, level, check, statement, kinds, ...PATH_CHECKS[check] };
  };
};

export const every = ofPaths('every');
export const servers = ofPaths('servers');
export const singles = ofPaths('singles');
export const disks = ofPaths('disks');

export const ofCluster = (
  id: string,
  level: Level,
  check: keyof typeof CLUSTER_CHECKS,
  statement: string,
): ClusterRow => ({ about: 'cluster', id, level, check, statement, ...CLUSTER_CHECKS[check] });

export const ofDisk = (id: string, level: Level, check: keyof typeof DISKS_CHECKS, statement: string): DiskRow => ({
  about: 'disk',
  id,
  level,
  check,
  statement,
  ...DISKS_CHECKS[check],
});

export const ofProduct = (
  id: string,
  level: Level,
  check: keyof typeof PRODUCTS_CHECKS,
  statement: string,
): ProductRow => ({ about: 'product', id, level, check, statement, ...PRODUCTS_CHECKS[check] });
