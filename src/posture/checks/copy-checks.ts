import { faultOf } from '../../remediation/model/faults.ts';
import type { Checks } from '../check.ts';
import type { PathFacts } from '../facts.ts';
import { fail, holds, type Judgement, judged, notApplicable, pass, unclear } from '../judgement.ts';
import { pinnedVersions } from '../path.ts';
import { nothingHasImpact, ready } from './consumer-state-checks.ts';

const onCopies =
  (judge: (path: PathFacts) => Judgement) =>
  (path: PathFacts): Judgement =>
    path.consumer.copyOf === undefined ? notApplicable('it is no copy that Azure tells of') : judge(path);

const onReplicas =
  (judge: (path: PathFacts) => Judgement) =>
  (path: PathFacts): Judgement =>
    judged(
      path.resource,
      ({ replicationRole }) => (replicationRole === 'Replica' ? judge(path) : notApplicable('it is no replica')),
      () => unclear(`${path.consumer.name} is gone`),
    );

const lacksAccess = ({ findings, consumer: { id } }: PathFacts): string | undefined =>
  findings.find(({ kind, target }) => faultOf(kind).keepsOut && target.includes(id.toLowerCase()))?.kind;

const copyLetIn = onCopies((path) => {
  const missing = lacksAccess(path);
  return holds(missing === undefined, missing ?? 'its identity is let in');
});

/** A copy that has access and is still inaccessible was not revalidated. */
const copyRevalidated = onCopies((path) => (lacksAccess(path) ? notApplicable('it is not let in yet') : ready(path)));

const fitToCopy = (path: PathFacts): Judgement => {
  const wrong = [ready(path), nothingHasImpact(path)].find(({ verdict }) => verdict !== 'pass');
  return (
    wrong ??
    judged(
      pinnedVersions(path),
      () => pass('ready, and its key is well'),
      () => fail('its key is not there'),
    )
  );
};

const copiesEncrypted = ({ copiesWithoutKey, consumer }: PathFacts): Judgement =>
  holds(
    copiesWithoutKey.length === 0,
    copiesWithoutKey.join(', ') || `no copy of ${consumer.name} lacks a key of the customer`,
  );

export const COPY_CHECKS = {
  copyReady: { judge: onCopies(ready), page: 'copyAwaitingAccess' },
  replicaReady: { judge: onReplicas(ready), page: 'copyAwaitingAccess' },
  copiesEncrypted: { judge: copiesEncrypted, page: 'migratedWithoutKey' },
  fitToCopy: { judge: fitToCopy, page: 'copyAwaitingAccess' },
  copyLetIn: { judge: copyLetIn, page: 'copyAwaitingAccess' },
  copyRevalidated: { judge: copyRevalidated, page: 'copyAwaitingAccess' },
} as const satisfies Checks<PathFacts>;
