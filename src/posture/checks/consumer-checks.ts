import { isHarmful } from '../../remediation/findings.ts';
import { parseResourceId } from '../../signals/resource-id.ts';
import type { Checks } from '../check.ts';
import { nameOwner } from '../commands.ts';
import type { PathFacts } from '../facts.ts';
import { fail, holds, type Judgement, judged, notApplicable, pass, unclear } from '../judgement.ts';
import { pinnedVersion } from '../path.ts';

const TYPES = {
  mysqlSingleServer: 'microsoft.dbformysql/servers',
  mysqlFlexibleServer: 'microsoft.dbformysql/flexibleservers',
  diskEncryptionSet: 'microsoft.compute/diskencryptionsets',
};

const rightAdapter = ({ consumer: { id, kind } }: PathFacts): Judgement =>
  holds(parseResourceId(id)?.type === TYPES[kind], `${kind}: ${parseResourceId(id)?.type ?? id}`);

/** Azure's migration of single servers dropped their keys. */
const stillEncrypted = ({ consumer, observation: { migrated = [] } }: PathFacts): Judgement => {
  const lost = migrated.find((id) => parseResourceId(id)?.names.at(-1) === consumer.name.toLowerCase());
  return lost === undefined
    ? pass(`uses ${consumer.pinned.kid}`)
    : fail(`${lost} came back without a key of the customer`);
};

const owned = ({ consumer: { id, tags } }: PathFacts): Judgement => {
  const [name, value] =
    Object.entries(tags).find(([tag, text]) => /^(owner|contact|team)$/i.test(tag) && text !== '') ?? [];
  return name === undefined ? fail('no tag names its owner', nameOwner(id)) : pass(`${name}: ${value}`);
};

const oneActiveKey = ({ uses }: PathFacts): Judgement => {
  const active = uses.filter(({ use }) => use === 'active').map(({ kid }) => kid);
  return holds(active.length === 1, `${active.length} active: ${active.join(', ')}`);
};

/** A mark of somebody who withdrew the key on purpose: what would be done in spite of it? */
const markObeyed = ({ doNotHeal, verdicts }: PathFacts): Judgement => {
  const run = verdicts.filter(({ verdict }) => verdict === 'run').map(({ step }) => step.kind);
  if (doNotHeal === undefined) return pass('no mark; who withdraws the key sets one, and nothing is repaired');
  return holds(
    run.length === 0,
    run.length === 0 ? `${doNotHeal}: nothing is repaired` : `${doNotHeal}, and yet ${run.join(', ')} would run`,
  );
};

const inventoried = ({ consumer: { id }, sharedBy }: PathFacts): Judgement =>
  holds(sharedBy.includes(id.toLowerCase()), `one of ${sharedBy.length} consumers of this key`);

const MANY = 20;

const fewShare = ({ sharedBy }: PathFacts): Judgement =>
  holds(
    sharedBy.length <= MANY,
    `${sharedBy.length} consumers would stop with this key; more than ${MANY} are too many for one`,
  );

const nothingHarms = ({ findings, consumer: { id } }: PathFacts): Judgement => {
  const harmful = findings.filter(
    (one) => isHarmful(one) && one.harm.some((harm) => harm.consumerId === id && harm.level !== 'none'),
  );
  return holds(
    harmful.length === 0,
    harmful.map(({ sentence }) => sentence).join(' ') || 'every link of its path holds',
  );
};

const ready = ({ consumer: { state, name } }: PathFacts): Judgement =>
  judged(
    state,
    ({ state: is, raw }) =>
      is === 'unfamiliar' ? unclear(`${raw} is a state that no document lists`) : holds(is !== 'inaccessible', raw),
    () => fail(`${name} is gone`),
  );

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
  findings.find(
    ({ kind, target }) =>
      (kind === 'copyAwaitingAccess' || kind === 'accessMissing' || kind === 'identityMissing') &&
      target.includes(id.toLowerCase()),
  )?.kind;

const copyLetIn = onCopies((path) => {
  const missing = lacksAccess(path);
  return holds(missing === undefined, missing ?? 'its identity is let in');
});

/** Whoever is let in and still inaccessible has not been told to look again. */
const copyRevalidated = onCopies((path) => (lacksAccess(path) ? notApplicable('it is not let in yet') : ready(path)));

const fitToCopy = (path: PathFacts): Judgement => {
  const wrong = [ready(path), nothingHarms(path)].find(({ verdict }) => verdict !== 'pass');
  return (
    wrong ??
    judged(
      pinnedVersion(path),
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

/** A late signal, and asked only of a server that does not say that it is ready. */
const healthKnown = (path: PathFacts): Judgement => {
  const { health, consumer } = path;
  if (ready(path).verdict === 'pass')
    return pass('ready, by its own word; Resource Health tells only after a refused connection');
  return judged(
    health,
    (state) => holds(state !== 'Unavailable', `Resource Health: ${state}`),
    () => unclear(`Resource Health does not know ${consumer.name}`),
  );
};

const rotationRuns = ({ consumer: { rotation }, resource }: PathFacts): Judgement =>
  judged(
    resource,
    ({ provisioningState = 'Succeeded' }) => {
      if (rotation?.error) return fail(`${rotation.error.code}: ${rotation.error.message}`);
      return holds(provisioningState === 'Succeeded', provisioningState);
    },
    () => fail('the set is gone'),
  );

/** Today every region with disks has encryption sets. */
const regionSupported = ({ consumer: { location } }: PathFacts): Judgement =>
  holds(/^[a-z][a-z0-9 ]+$/i.test(location) && location.toLowerCase() !== 'global', location || 'no region');

export const CONSUMER_CHECKS = {
  rotationRuns: { judge: rotationRuns, page: 'autoKeyRotationFailed' },
  regionSupported: { judge: regionSupported, page: 'regionMismatch' },
  knownServerType: { judge: rightAdapter, page: 'serverUnfit' },
  encryptedWithOwnKey: { judge: stillEncrypted, page: 'migratedWithoutKey' },
  ownerNamed: { judge: owned, page: 'ownerMissing' },
  oneActiveKey: { judge: oneActiveKey, page: 'serverUnfit' },
  revocationObeyed: { judge: markObeyed, page: 'consumerInaccessible' },
  keyInventoried: { judge: inventoried, page: 'ownerMissing' },
  fewConsumersPerKey: { judge: fewShare, page: 'keySharedByMany' },
  pathWhole: { judge: nothingHarms, page: 'consumerInaccessible' },
  consumerReady: { judge: ready, page: 'consumerInaccessible' },
  copyReady: { judge: onCopies(ready), page: 'copyAwaitingAccess' },
  replicaReady: { judge: onReplicas(ready), page: 'copyAwaitingAccess' },
  healthKnown: { judge: healthKnown, page: 'consumerInaccessible' },
  copiesEncrypted: { judge: copiesEncrypted, page: 'migratedWithoutKey' },
  fitToCopy: { judge: fitToCopy, page: 'copyAwaitingAccess' },
  copyLetIn: { judge: copyLetIn, page: 'copyAwaitingAccess' },
  copyRevalidated: { judge: copyRevalidated, page: 'copyAwaitingAccess' },
} as const satisfies Checks<PathFacts>;
