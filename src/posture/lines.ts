import type { Fact, KeyUse } from '../remediation/model/facts.ts';
import type { ConsumerKind } from '../remediation/model/profiles.ts';
import type { ClusterFacts, DiskFacts, PathFacts, ProductFacts } from './facts.ts';
import { type CheckVerdict, type Judgement, notApplicable, unclear } from './judgement.ts';
import type { AcceptanceRow } from './row.ts';
import { ROWS } from './rows.ts';
import { runbookOf } from './runbooks.ts';

export type PostureSubject = ConsumerKind | 'cluster' | 'disk' | 'product' | 'vault';

/** The result of one check on one subject: a line of the posture report. */
export type PostureLine = {
  /** `S2.50`, or `coverage`. */
  readonly row: string;
  readonly check: string;
  /** ARM id; `product` for the product itself. */
  readonly subject: string;
  readonly kind: PostureSubject;
  /** The use of the key, for a consumer with several keys. */
  readonly use?: KeyUse;
  readonly verdict: CheckVerdict;
  readonly evidence: string;
  /** Commands for a person, in order. Left out where the check passes. */
  readonly plan?: readonly string[];
  /** The page of the repository with the advice. Left out where the check passes. */
  readonly runbook?: string;
};

/** The columns of a line in a table. `statement` is the statement of its row. */
export const LINE_COLUMNS = [
  ...(['row', 'statement', 'check', 'subject', 'kind', 'use', 'verdict'] as const),
  ...(['evidence', 'plan', 'runbook'] as const),
];

type Subject = Pick<PostureLine, 'subject' | 'kind' | 'use'>;

const lineOf = (
  { id, check, page }: AcceptanceRow,
  subject: Subject,
  { verdict, evidence, plan }: Judgement,
): PostureLine => {
  const isOpen = verdict === 'fail' || verdict === 'unknown';
  return {
    row: id,
    check,
    ...subject,
    verdict,
    evidence,
    ...(isOpen && plan.length > 0 && { plan }),
    ...(isOpen && page && { runbook: runbookOf(page) }),
  };
};

/** The lines of every row about paths. Rows about other kinds of consumers do not apply. */
export const linesOfPath = (path: PathFacts): readonly PostureLine[] => {
  const { id, kind, use } = path.consumer;
  const subject = { subject: id, kind, ...(use && { use }) };
  return ROWS.flatMap((row) => {
    if (row.about !== 'path') return [];
    const judgement = row.kinds.includes(kind) ? row.judge(path) : notApplicable(`it is about ${row.kinds.join(', ')}`);
    return [lineOf(row, subject, judgement)];
  });
};

const linesAbout = <Facts extends { readonly id: string }>(
  about: 'cluster' | 'disk',
  fact: Fact<readonly Facts[]>,
  judge: (row: AcceptanceRow, one: Facts) => Judgement | undefined,
): readonly PostureLine[] =>
  ROWS.filter((row) => row.about === about).flatMap((row) => {
    const none = { subject: 'scope', kind: about };
    if (fact.kind === 'unknown') return [lineOf(row, none, unclear(fact.reason))];
    const all = fact.kind === 'present' ? fact.value : [];
    if (all.length === 0) return [lineOf(row, none, notApplicable(`there is no ${about} in scope`))];
    return all.flatMap((one) => {
      const judgement = judge(row, one);
      return judgement ? [lineOf(row, { subject: one.id, kind: about }, judgement)] : [];
    });
  });

export const linesOfClusters = (clusters: Fact<readonly ClusterFacts[]>): readonly PostureLine[] =>
  linesAbout('cluster', clusters, (row, one) => (row.about === 'cluster' ? row.judge(one) : undefined));

export const linesOfDisks = (disks: Fact<readonly DiskFacts[]>): readonly PostureLine[] =>
  linesAbout('disk', disks, (row, one) => (row.about === 'disk' ? row.judge(one) : undefined));

export const linesOfProduct = (product: ProductFacts): readonly PostureLine[] =>
  ROWS.flatMap((row) =>
    row.about === 'product' ? [lineOf(row, { subject: 'product', kind: 'product' }, row.judge(product))] : [],
  );
