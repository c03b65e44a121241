import type { Guardian } from '../loop/guardian.ts';
import { readSeen } from '../loop/memory/estate.ts';
import { keyId, keyOf, parseKeyId, vaultName } from '../remediation/model/key-ref.ts';
import { nameOf } from '../remediation/model/resource-id.ts';
import { type Bearer, bearersOf, type NamedThing, readNamed } from './bearers.ts';
import { type DoorAnswer, refusal } from './door.ts';
import { meantPerhaps, nearNames } from './near-names.ts';
import type { ParsedBody } from './parse-body.ts';

/** The most candidates that are named in a refusal. */
const SHOWN = 20;

export const FORMS =
  'a key (https://contoso.vault.azure.net/keys/cmk), a vault (its name, its url or its resource id), or a consumer (its name or its resource id)';

/** The answer 409 where a name may mean several things, and the caller must say which. */
export const ambiguous = (sent: string, what: string, candidates: readonly unknown[]): DoorAnswer =>
  refusal(
    409,
    'Ambiguous',
    `'${sent}' may be any of ${candidates.length} ${what}. Name one of the candidates by its id.`,
    {
      candidates: candidates.slice(0, SHOWN),
      ...(candidates.length > SHOWN && { more: candidates.length - SHOWN }),
    },
  );

/** The answer 404. `near`: names that may have been meant. */
export const notNamed = (sent: string, near: readonly string[] = []): DoorAnswer =>
  refusal(
    404,
    'NotFound',
    `Nothing that was seen in GUARDIAN_SCOPE is '${sent}'. A name is compared as a whole, without case. What is newer than the last sweep is found by its resource id alone.${meantPerhaps(near)}`,
    near.length > 0 ? { candidates: near } : {},
  );

type Seen = Awaited<ReturnType<typeof readSeen>>;

/** A key is named by its id alone, since many vaults hold a key of the same name: who sends the name is shown the ids. */
const keysOfThatName = (seen: Seen, sent: string): readonly string[] => {
  const name = sent.trim().toLowerCase();
  return seen.map(({ keyId: id }) => id).filter((id) => keyOf(id).name.toLowerCase() === name);
};

/** The keys in the stored looks that bear the name, and the names there that are close to it. */
const nearIn = (seen: Seen, sent: string): readonly string[] => {
  const names = seen.flatMap(({ keyId: id, consumers }) => [
    vaultName(keyOf(id)),
    ...(consumers?.consumers ?? []).map((one) => nameOf(one.id)),
  ]);
  return [...keysOfThatName(seen, sent), ...nearNames(names, sent)].slice(0, SHOWN);
};

export const notUnderstood = (sent: string): DoorAnswer =>
  refusal(400, 'BadRequest', `'${sent.slice(0, 200)}' names nothing. Name ${FORMS}.`);

/** The one consumer or vault with a name, or the refusal where there is none or several. */
export const oneBearer = (sent: string, bearers: readonly Bearer[]): ParsedBody<Bearer> => {
  const [first, ...others] = bearers;
  if (first === undefined) return { kind: 'refused', answer: notNamed(sent) };
  return others.length > 0
    ? { kind: 'refused', answer: ambiguous(sent, 'resources', bearers) }
    : { kind: 'value', value: first };
};

/** The keys that a filter names, by their ids. `consumerId`: where the filter names one consumer of them. */
export type KeysNamed = { readonly keyIds: readonly string[]; readonly consumerId?: string };

const namedIn = async (
  guardian: Pick<Guardian, 'store'>,
  sent: string,
  thing: NamedThing,
  only: Bearer['kind'] | undefined,
): Promise<ParsedBody<KeysNamed>> => {
  if (thing.kind === 'key') {
    const parsed = parseKeyId(thing.text);
    return parsed
      ? { kind: 'value', value: { keyIds: [keyId(parsed.key)] } }
      : { kind: 'refused', answer: notUnderstood(sent) };
  }
  const seen = await readSeen(guardian);
  const bearers = bearersOf(thing, seen).filter(({ kind }) => only === undefined || kind === only);
  if (bearers.length === 0) return { kind: 'refused', answer: notNamed(sent, nearIn(seen, sent)) };
  const found = oneBearer(sent, bearers);
  if (found.kind === 'refused') return found;
  const { id, keys, kind } = found.value;
  return { kind: 'value', value: { keyIds: keys, ...(kind === 'consumer' && { consumerId: id }) } };
};

/**
 * For a route that only reads: the keys of a key identifier, a vault or a consumer, as they were last seen. For a key identifier
 * the storage is not read. `only`: where the filter itself is for a consumer or for a vault.
 */
export const keysNamed = async (
  guardian: Pick<Guardian, 'store'>,
  sent: string,
  only?: Bearer['kind'],
): Promise<ParsedBody<KeysNamed>> => {
  const thing = readNamed(sent);
  const isOther = only !== undefined && thing?.kind === 'key';
  return thing && !isOther ? namedIn(guardian, sent, thing, only) : { kind: 'refused', answer: notUnderstood(sent) };
};

/** For a route that shows one key: a vault or a consumer with several keys is ambiguous. */
export const keyNamed = async (guardian: Pick<Guardian, 'store'>, sent: string): Promise<ParsedBody<string>> => {
  const named = await keysNamed(guardian, sent);
  if (named.kind === 'refused') return named;
  const [first, ...others] = named.value.keyIds;
  if (first === undefined) return { kind: 'refused', answer: notNamed(sent) };
  return others.length > 0
    ? {
        kind: 'refused',
        answer: ambiguous(
          sent,
          'keys',
          named.value.keyIds.map((key) => ({ kind: 'key', id: key })),
        ),
      }
    : { kind: 'value', value: first };
};
