import { DAY } from '../durations.ts';
import { type Edit, edited, textAt, valueAt } from '../world/at-path.ts';
import type { WorldState } from '../world/world-state.ts';
import { arrival, departure } from './expected-principals.ts';
import type { Moments } from './moments.ts';
import { copyName, KEY_NAME, type Subject } from './subjects.ts';

const roomOf = ({ kind }: Subject): string => (kind === 'set' ? 'sets' : 'servers');

const idOf = (state: WorldState, room: string, name: string): string =>
  Object.keys(state[room] ?? {}).find((id) => id.endsWith(`/${name}`)) ?? name;

const newIdentity = (moments: Moments, subject: Subject): readonly Edit[] => {
  if (subject.kind === 'flexible') return [];
  const id = idOf(moments.before, roomOf(subject), subject.name);
  return [...departure(moments, subject, id), ...arrival(moments, subject, id)];
};

const SERVES = { condition: 'ready', accepting: true };

/** The copy as it was made, but serving: with an identity of its own where its source has one of its own. */
const servingCopy = (moments: Moments, subject: Subject): readonly Edit[] => {
  const id = idOf(moments.broken, 'servers', copyName(subject));
  return [
    { path: ['servers', id], value: valueAt(moments.broken, ['servers', id]) },
    { path: ['servers', id, 'availability'], value: SERVES },
    ...(subject.kind === 'single' ? arrival(moments, subject, id) : []),
  ];
};

/** The key is valid for a year from its repair. */
const extension = ({ before, after, brokenAt, now }: Moments, { vault }: Subject): readonly Edit[] => {
  const path = ['vaults', vault, 'keys', KEY_NAME];
  const version = textAt(before, [...path, 'current']);
  const expiry = [...path, 'versions', version, 'exp'];
  const exp = valueAt(after, expiry);
  const isYear = typeof exp === 'number' && exp * 1_000 > brokenAt + 364 * DAY && exp * 1_000 < now + 366 * DAY;
  return [{ path: expiry, value: isYear ? exp : 'a year from its repair' }];
};

const editsOf = (moments: Moments, subject: Subject): readonly Edit[] => [
  ...(subject.links.includes('keyExpired') ? extension(moments, subject) : []),
  ...(subject.links.includes('identityRemoved') ? newIdentity(moments, subject) : []),
  ...(subject.links.includes('copyFresh') ? servingCopy(moments, subject) : []),
];

/**
 * The world as it must be when everything is healed: as it was before, except for three changes. Expired versions have a later
 * expiry; a consumer that lost its own identity has a new one with exactly its access; copies serve.
 */
export const expectedWorld = (moments: Moments, subjects: readonly Subject[]): WorldState =>
  edited(
    moments.before,
    subjects.flatMap((subject) => editsOf(moments, subject)),
  );
