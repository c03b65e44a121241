import type { ConsumerFacts } from '../../remediation/model/facts.ts';
import { type KeyRef, keyId } from '../../remediation/model/key-ref.ts';
import { profileOf } from '../../remediation/model/profiles.ts';
import { parseResourceId } from '../../remediation/model/resource-id.ts';
import { inSight, type Place } from '../../remediation/observation/places.ts';
import { whyUntold } from '../../remediation/observation/versions-in-use.ts';
import type { Connection } from '../connection/connection.ts';
import { readPlaces } from '../connection/places.ts';
import { isExcluded, liesIn, outermost, type Scope, type Scopes } from '../connection/scope.ts';
import {
  type ConsumerType,
  type ListedConsumer,
  type ListedReading,
  orUnavailable,
  type Recall,
  type Unreadable,
  usesOf,
} from './consumer-type.ts';
import { refusedOnce } from './refused-once.ts';

export type KeyConsumers = { readonly key: KeyRef; readonly consumers: readonly ConsumerFacts[] };

/**
 * Every consumer in the scopes, by the key that it pins. The list is complete only if no resource was unreadable, for
 * now or for good.
 */
export type ConsumerListing = {
  readonly keys: readonly KeyConsumers[];
  readonly unreadable: readonly Unreadable[];
  /** ARM ids, lower-cased, of the consumers whose pin took a call of its own. */
  readonly pinsRead: readonly string[];
};

/** The kinds of consumers, by their ARM type. */
type ConsumerTypes = ReadonlyMap<string, ConsumerType>;

/**
 * Up to this many consumers of one kind are read one by one: a person who can create consumers can attach any number to
 * a key.
 */
const FEW = 20;

const forgotten: Recall = () => undefined;

const listType = async (
  type: ConsumerType,
  scope: Scope,
  scopes: Scopes,
  recall: Recall,
): Promise<readonly ListedReading[]> => {
  const listed = await orUnavailable(scope.id, type.list(scope, recall));
  if (listed.kind === 'present') return reachedOf(scope, listed.value, scopes);
  if ('unavailable' in listed) return [listed];
  const reason = listed.kind === 'unknown' ? listed.reason : `${scope.id} does not exist; correct GUARDIAN_SCOPE`;
  return [{ kind: 'unknown', id: scope.id, reason }];
};

/** Every consumer in the scopes, as `Estate.list` describes it. */
export const listConsumers = async (
  connection: Connection,
  types: ConsumerTypes,
  known: readonly ConsumerFacts[],
): Promise<ConsumerListing> => {
  const byId = new Map(known.map((facts) => [facts.id.toLowerCase(), facts]));
  const recall: Recall = (id) => byId.get(id.toLowerCase());
  const scopes = connection.scopes();
  const pairs = outermost(scopes).flatMap((scope) => [...types.values()].map((type) => ({ scope, type })));
  const readings = (await Promise.all(pairs.map(({ scope, type }) => listType(type, scope, scopes, recall)))).flat();
  const consumers = readings.filter((one) => one.kind === 'consumer');
  return {
    keys: groupByKey(consumers.flatMap(usesOf)),
    unreadable: [
      ...refusedOnce(readings.filter((one) => one.kind === 'unknown')),
      ...consumers.flatMap(untold),
      ...scopes.unread.map((one) => ({ kind: 'unknown', ...one }) as const),
    ],
    pinsRead: consumers.flatMap(({ facts, pinRead }) => (pinRead ? [facts.id.toLowerCase()] : [])),
  };
};

/** Readings of those kinds of which these are many, where the list of a kind shows all facts. None where these are few. */
export const listMany = async (
  connection: Connection,
  types: ConsumerTypes,
  ids: readonly string[],
): Promise<readonly ListedReading[]> => {
  const kinds = [...Map.groupBy(ids, (id) => parseResourceId(id)?.type ?? '')];
  const many = kinds.flatMap(([kind, { length }]) => (length > FEW ? (types.get(kind) ?? []) : []));
  const shown = many.filter(({ showsAll }) => showsAll);
  const scopes = connection.scopes();
  const lists = outermost(scopes).flatMap((scope) => shown.map((type) => listType(type, scope, scopes, forgotten)));
  const readings = (await Promise.all(lists)).flat().filter(({ kind }) => kind !== 'unknown');
  return lists.length === 0 ? [] : contradicted(readings, await readPlaces(connection, readings.map(idIn)));
};

const contradicted = (readings: readonly ListedReading[], places: readonly Place[]): readonly ListedReading[] =>
  readings.map((one) =>
    one.kind === 'consumer'
      ? { ...one, facts: inSight(places)(one.facts), others: one.others.map(inSight(places)) }
      : one,
  );

/** A consumer that names its key without the required version still uses that key, and people are told of it. */
const untold = ({ facts }: ListedConsumer): readonly Unreadable[] => {
  const why = whyUntold(facts);
  const reason = `${profileOf(facts.kind).noun} ${facts.name} ${why}`;
  return why === undefined ? [] : [{ kind: 'unknown', id: facts.id, reason, namesNoKey: true }];
};

/** The id of the consumer or, where it could not be read, of the resource. */
export const idIn = (reading: ListedReading): string => (reading.kind === 'consumer' ? reading.facts.id : reading.id);

/**
 * A list of a scope must not hold a resource from elsewhere: a consumer with such an id counts for none of the keys,
 * and people are told of it.
 */
const inPlace = (scope: Scope, reading: ListedReading): ListedReading =>
  liesIn(idIn(reading), scope)
    ? reading
    : {
        kind: 'unknown',
        id: idIn(reading),
        reason: `Azure has listed it in ${scope.id}, where it is not`,
        namesNoKey: true,
      };

/** Excluded resources are left out, also from the unreadable ones. */
const reachedOf = (scope: Scope, listed: readonly ListedReading[], scopes: Scopes): readonly ListedReading[] =>
  listed.filter((one) => !isExcluded(idIn(one), scopes)).map((one) => inPlace(scope, one));

const groupByKey = (consumers: readonly ConsumerFacts[]): readonly KeyConsumers[] =>
  [...Map.groupBy(consumers, ({ pinned }) => keyId(pinned.key)).values()].flatMap((group) =>
    group[0] ? [{ key: group[0].pinned.key, consumers: group }] : [],
  );
