import type { KeyObservation } from '../model/facts.ts';
import type { GivenRight } from '../model/given-roles.ts';
import type { Known, Sighting } from '../model/known.ts';
import type { VaultDependents } from '../model/vault-dependents.ts';
import { accessOf, missingOf } from '../observation/access.ts';
import { usersOf } from '../observation/pins.ts';
import { doneAt } from '../steps/done-steps.ts';
import { withoutStrangers } from './lineage.ts';

type Seen = Omit<Sighting, 'at'>;

export const rightName = (right: GivenRight, principalId: string): string => `${right} ${principalId.toLowerCase()}`;

/** The name of a part of a vault in a sighting; lower-cased, since the casing of ids differs between Azure's services. */
export const partName = ({ id }: { readonly id: string }): string => `part ${id.toLowerCase()}`;

const partsOf = ({ eventSubscriptions, diagnosticSettings }: VaultDependents): readonly string[] =>
  [...eventSubscriptions, ...diagnosticSettings].map(partName);

/** The last statement on each right. */
const lastOf = (sightings: readonly Sighting[]): ReadonlyMap<string, 'has' | 'lacks'> =>
  new Map(
    sightings.flatMap(({ has, lacks }) => [
      ...has.map((name) => [name, 'has'] as const),
      ...lacks.map((name) => [name, 'lacks'] as const),
    ]),
  );

/** A part that an earlier sighting lacked, and that is not missing now, is back. */
const partsSeen = ({ notRebuilt }: KeyObservation, sightings: readonly Sighting[]): Seen => {
  if (notRebuilt?.kind !== 'present') return { has: [], lacks: [] };
  const lacks = partsOf(notRebuilt.value);
  const before = [...lastOf(sightings)].flatMap(([name]) => (name.startsWith('part ') ? [name] : []));
  return { has: before.filter((name) => !lacks.includes(name)), lacks };
};

const rightsSeen = (everyone: KeyObservation, known: Known): Seen => {
  const observation = withoutStrangers(everyone, known);
  const rights = usersOf(observation).flatMap((one): readonly (readonly [string, boolean])[] => {
    const access = accessOf(one, observation);
    const missing = missingOf(one, observation);
    if (one.principalId.kind !== 'present' || access.kind !== 'present') return [];
    const { reader } = access.value;
    return [
      ...(missing ? [[rightName('key', one.principalId.value), missing.length === 0] as const] : []),
      ...(reader === undefined ? [] : [[rightName('reader', one.principalId.value), reader] as const]),
    ];
  });
  // Several consumers may use the key as one principal: the principal lacks what any of them lacks.
  const lacks = new Set(rights.flatMap(([name, isThere]) => (isThere ? [] : [name])));
  return { has: rights.flatMap(([name]) => (lacks.has(name) ? [] : [name])), lacks: [...lacks] };
};

const sorted = (names: readonly string[]): readonly string[] => [...new Set(names)].toSorted();

/** Whether a sighting says something new. A right that no sighting has named counts as one that was there. */
const isNews = ({ has, lacks }: Seen, sightings: readonly Sighting[]): boolean => {
  const last = lastOf(sightings);
  return lacks.some((name) => last.get(name) !== 'lacks') || has.some((name) => last.get(name) === 'lacks');
};

/** Whether no sighting was entered since the vault was recovered. */
const isFirstSince = ({ vault }: KeyObservation, known: Known): boolean => {
  if (vault.kind !== 'present') return false;
  const recovered = doneAt(known, 'recoverVault', vault.value.id).at(-1);
  const last = known.sightings?.at(-1)?.at;
  return recovered !== undefined && (last === undefined || Date.parse(last) < Date.parse(recovered));
};

/**
 * The sighting of this look: all rights and parts that it saw of an existing vault, where any of them is news, or where the vault
 * was just recovered. `undefined` where there is nothing to enter.
 */
export const sightingOf = (observation: KeyObservation, known: Known): Seen | undefined => {
  if (observation.vault.kind !== 'present') return undefined;
  const { sightings = [] } = known;
  const [rights, parts] = [rightsSeen(observation, known), partsSeen(observation, sightings)];
  const seen = { has: sorted([...rights.has, ...parts.has]), lacks: sorted([...rights.lacks, ...parts.lacks]) };
  return isNews(seen, sightings) || isFirstSince(observation, known) ? seen : undefined;
};

/** Whether the last sighting before this time (ISO 8601) that names the right saw it missing. */
export const wasLacking = (name: string, before: string, { sightings = [] }: Known): boolean =>
  lastOf(sightings.filter(({ at }) => Date.parse(at) < Date.parse(before))).get(name) === 'lacks';

/** Whether a sighting after this time (ISO 8601) saw the right. */
export const wasSeen = (name: string, after: string, { sightings = [] }: Known): boolean =>
  sightings.some(({ at, has }) => Date.parse(at) > Date.parse(after) && has.includes(name));
