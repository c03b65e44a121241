import { usesKeysIn } from '../../posture/missing-rights.ts';
import { command } from '../../remediation/model/command.ts';
import { isReached } from '../../remediation/model/reach.ts';
import { formatResourceId, inScope } from '../../remediation/model/resource-id.ts';
import { assignPart, ROLE_PARTS } from '../../remediation/model/role-parts.ts';
import {
  type Descendants,
  type Following,
  follow,
  type Gone,
  notAhead,
  ofLate,
  TOLD_MS,
} from '../../remediation/protocol/followed.ts';
import { mayGo } from '../../remediation/protocol/missing-answers.ts';
import type { Guardian } from '../guardian.ts';
import { readMissingAnswers } from '../memory/missing-answers.ts';
import { tellAll } from './report-unreadable.ts';
import { orLeft } from './watch-own-access.ts';

/** How often the answers are merged with the stored row: another worker that sweeps at the same time may have written it first. */
const TRIES = 3;

const idOf = (subscriptionId: string): string => formatResourceId({ subscriptionId });

/** Stores the result of these answers, unless newer answers were stored meanwhile. */
const keep = async (guardian: Guardian, descendants: Descendants): Promise<Following> => {
  const { settings, store } = guardian;
  const { excluded, named } = settings.reach();
  const notFollowed = [...excluded, ...named];
  for (let tried = 0; tried < TRIES; tried += 1) {
    const { followed: kept, etag } = await store.followed.read();
    const followed = notAhead(kept, new Date());
    const releases = mayGo(await readMissingAnswers(guardian, followed));
    const following = follow(followed, descendants, { notFollowed, releases });
    if (following.next === followed || (await store.followed.write(following.next, etag))) return following;
  }
  throw new Error('The subscriptions below management groups are being followed by others: the next sweep goes on.');
};

const isOfLate = (at: string, now: Date): boolean => now.getTime() - Date.parse(at) < TOLD_MS;

const tellFound = async (guardian: Guardian, { next }: Following, now: Date): Promise<void> => {
  const found = next.subscriptions.filter(({ foundAt }) => isOfLate(foundAt, now));
  await tellAll(
    guardian,
    'subscription found',
    found.map(({ id, managementGroups, foundAt }) => ({
      id: idOf(id),
      reason: `Azure lists it below ${managementGroups.join(', ')} since ${foundAt}`,
    })),
    {
      say: ({ id, reason }) =>
        `The subscription ${id} is looked after from now on: ${reason}. If it is not to be, exclude it by !${id} in GUARDIAN_SCOPE.`,
      more: (count) => `${count} more subscriptions are looked after from now on; the ledger names them.`,
    },
  );
};

const whyGone = ({ at, by }: Gone): string =>
  by === undefined
    ? `let go on ${at}, since Azure has answered without it twice, half an hour apart`
    : `let go on ${at}, since ${by} has said that it may go, and Azure has answered without it once more`;

const tellGone = (guardian: Guardian, { next }: Following): Promise<void> =>
  tellAll(
    guardian,
    'subscription let go',
    next.gone.map((one) => ({ id: idOf(one.id), reason: whyGone(one) })),
    {
      say: ({ id, reason }) =>
        `The subscription ${id} lies below no management group of GUARDIAN_SCOPE any more, and was ${reason}: nothing there is looked at or repaired from now on. If it is to be, name it in GUARDIAN_SCOPE.`,
      more: (count) => `${count} more subscriptions were let go; the ledger names them.`,
    },
  );

/**
 * Tells people of subscriptions where the product may not use keys: a role with data actions cannot be assigned at a
 * management group.
 */
const tellWithoutKeys = async (guardian: Guardian, { next }: Following): Promise<void> => {
  if (next.subscriptions.length === 0) return;
  const own = await guardian.azure.ownGrants().catch(orLeft);
  if (own?.kind !== 'present') return;
  const { grants, objectId, unread } = own.value;
  const lacking = next.subscriptions.filter(({ id }) => !unread.includes(idOf(id)) && !usesKeysIn(grants, idOf(id)));
  await tellAll(
    guardian,
    'subscription without the keys part',
    lacking.map(({ id }) => ({ id: idOf(id), reason: `the part ${ROLE_PARTS.keys.roleName} is not assigned there` })),
    {
      say: ({ id, reason }) =>
        `In the subscription ${id} no key that a role protects can be read or repaired: ${reason}. Fix: \`${assignPart('keys', objectId, id)}\`.`,
      more: (count) => `${count} more subscriptions lack it; the ledger names them.`,
    },
  );
};

const show = (id: string): string =>
  command('az account show', { subscription: id.split('/')[2] ?? '', query: 'tenantId' });

const answer = (verb: 'let-go' | 'keep', id: string): string => `cmk-guardian ${verb} ${id} --why '<why>'`;

/**
 * Asks a person where several subscriptions are missing at once. Until a person decides, they stay in scope as far as the product
 * can read them.
 */
const askToLetGo = (guardian: Guardian, { asked }: Following): Promise<void> =>
  tellAll(
    guardian,
    'subscription missing',
    asked.map(({ id, missing }) => ({ id: idOf(id), reason: `missing since ${missing?.since}` })),
    {
      say: ({ id, reason }) =>
        `The subscription ${id} is ${reason} below the management groups of GUARDIAN_SCOPE, and is not the only one. It is looked after as before, as far as it can be seen, until a person with the role Approver says whether it may go. ${show(id)} shows whether it is there, and whose. If it may go: \`${answer('let-go', id)}\` (POST /api/subscriptions/release), or exclude it by !${id} in GUARDIAN_SCOPE. If it may not: \`${answer('keep', id)}\`, and find out who moved it.`,
      more: (count) => `${count} more subscriptions are missing; the ledger names them.`,
    },
  );

/**
 * Asks the management groups of GUARDIAN_SCOPE which subscriptions lie below them, and stores the answers for every worker. A new
 * subscription is in scope at once; a subscription that is missing for long enough leaves the scope. No call where GUARDIAN_SCOPE
 * names no management group.
 */
export const followSubscriptions = async (guardian: Guardian, now: Date): Promise<void> => {
  const { managementGroups } = guardian.settings.reach();
  if (managementGroups.length === 0) return;
  const below = await guardian.azure.readDescendants(managementGroups);
  const following = await keep(guardian, { at: now.toISOString(), below });
  await guardian.renewReach();
  await tellFound(guardian, following, now);
  await tellGone(guardian, following);
  await askToLetGo(guardian, following);
  await tellWithoutKeys(guardian, following);
};

/**
 * Whether a place is given up: the product let its subscription go within the last day, as it has attested, or the settings
 * exclude it. A place that left the scope in another way is lost from sight, and stays recorded as such. One call to storage
 * where management groups are followed.
 */
export const placesGivenUp = async (guardian: Guardian, now: Date): Promise<(id: string) => boolean> => {
  const reach = guardian.settings.reach();
  const follows = reach.managementGroups.length > 0;
  const gone = follows ? ofLate(await guardian.store.followed.letGo(), now).map(({ id }) => idOf(id)) : [];
  return (id) => !isReached(id, reach) && (inScope(id, reach.excluded) || inScope(id, gone));
};
