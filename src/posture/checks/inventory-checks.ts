import { profileOf } from '../../remediation/model/profiles.ts';
import { parseResourceId } from '../../remediation/model/resource-id.ts';
import type { Checks } from '../check.ts';
import { nameOwner } from '../commands.ts';
import type { PathFacts } from '../facts.ts';
import { fail, holds, type Judgement, pass } from '../judgement.ts';

const rightAdapter = ({ consumer: { id, kind } }: PathFacts): Judgement =>
  holds(parseResourceId(id)?.type === profileOf(kind).resourceType, `${kind}: ${parseResourceId(id)?.type ?? id}`);

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
  const any = uses.filter(({ use }) => use === 'anyOf').map(({ kid }) => kid);
  if (active.length === 0 && any.length > 0) return pass(`any of ${any.length} is enough: ${any.join(', ')}`);
  return holds(active.length === 1, `${active.length} active: ${active.join(', ')}`);
};

/** A do-not-heal mark shows that somebody withdrew the key on purpose: no step may run in spite of it. */
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

/** Every region with disks has disk encryption sets today. */
const regionSupported = ({ consumer: { location } }: PathFacts): Judgement =>
  holds(/^[a-z][a-z0-9 ]+$/i.test(location) && location.toLowerCase() !== 'global', location || 'no region');

export const INVENTORY_CHECKS = {
  regionSupported: { judge: regionSupported, page: 'regionMismatch' },
  knownServerType: { judge: rightAdapter, page: 'serverUnfit' },
  encryptedWithOwnKey: { judge: stillEncrypted, page: 'migratedWithoutKey' },
  ownerNamed: { judge: owned, page: 'ownerMissing' },
  oneActiveKey: { judge: oneActiveKey, page: 'serverUnfit' },
  revocationObeyed: { judge: markObeyed, page: 'consumerInaccessible' },
  keyInventoried: { judge: inventoried, page: 'ownerMissing' },
  fewConsumersPerKey: { judge: fewShare, page: 'keySharedByMany' },
} as const satisfies Checks<PathFacts>;
