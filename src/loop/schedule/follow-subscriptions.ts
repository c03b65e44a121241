import { usesKeysIn } from '../../posture/missing-rights.ts';
import { isReached } from '../../remediation/model/reach.ts';
import { formatResourceId, inScope } from '../../remediation/model/resource-id.ts';
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
import { foundWords, goneWords, LACKS_KEYS, missingWords, withoutKeysWords } from './subscription-words.ts';
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

/** The name of each subscription beside its id, as far as Azure has told it. */
const namedAs = (all: readonly { readonly id: string; readonly name?: string }[]): ((id: string) => string) => {
  const names = new Map(all.map(({ id, name }) => [idOf(id), name]));
  return (id) => {
    const name = names.get(id);
    return name === undefined ? id : `${name} (${id})`;
  };
};

const tellFound = async (guardian: Guardian, { next }: Following, now: Date): Promise<void> => {
  const found = next.subscriptions.filter(({ foundAt }) => isOfLate(foundAt, now));
  await tellAll(
    guardian,
    'subscription found',
    found.map(({ id, managementGroups, foundAt }) => ({
      id: idOf(id),
      reason: `below ${managementGroups.join(', ')} since ${foundAt}`,
    })),
    foundWords(namedAs(found)),
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
    goneWords(namedAs(next.gone)),
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
    lacking.map(({ id }) => ({ id: idOf(id), reason: LACKS_KEYS })),
    withoutKeysWords(namedAs(lacking), objectId),
  );
};

/**
 * Asks a person where several subscriptions are missing at once. Until a person decides, they stay in scope as far as the product
 * can read them.
 */
const askToLetGo = (guardian: Guardian, { asked }: Following): Promise<void> =>
  tellAll(
    guardian,
    'subscription missing',
    asked.map(({ id, missing }) => ({ id: idOf(id), reason: `missing since ${missing?.since}` })),
    missingWords(namedAs(asked)),
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
