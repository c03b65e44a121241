import type { Guardian } from '../loop/guardian.ts';
import { inUse, readSeen } from '../loop/memory/estate.ts';
import { addUses } from '../loop/memory/remember-consumers.ts';
import { type ConsumerFacts, present } from '../remediation/model/facts.ts';
import { isHsmHost, type KeyRef, keyId, parseKeyId } from '../remediation/model/key-ref.ts';
import { isReached, whyUnknown } from '../remediation/model/reach.ts';
import { type Bearer, bearersOf, type NamedThing, readNamed } from './bearers.ts';
import { whatToLookAt } from './contract/looks.ts';
import { type DoorAnswer, refusal } from './door.ts';
import { ambiguous, FORMS, notNamed, oneBearer } from './keys-named.ts';
import { type ParsedBody, parseBody, shownIn } from './parse-body.ts';

const EXAMPLE = shownIn(whatToLookAt);

/**
 * The key that a manual start means; of a resource with several keys, the active one. `target`: the id that the caller has named,
 * lower-cased.
 */
export type FoundKey = { readonly key: KeyRef; readonly target: string };

/** A found key, with the consumers that Azure has just shown. */
export type Sought = FoundKey & { readonly uses: readonly ConsumerFacts[] };

const refused = (answer: DoorAnswer): ParsedBody<Sought> => ({ kind: 'refused', answer });

/**
 * Whether a consumer uses the key. Azure is asked only where nothing is recorded of the key. Where not all consumers can be
 * listed, one of them may use the key.
 */
const isUsed = async ({ store, azure }: Guardian, id: string): Promise<boolean> => {
  const { row, consumers } = await store.keyRows.read(id);
  if (row.wanted > 0 || consumers?.consumers.length) return true;
  const { keys, unreadable } = await azure.listConsumers();
  return unreadable.length > 0 || keys.some(({ key }) => keyId(key) === id);
};

const byKey = async (guardian: Guardian, named: string): Promise<ParsedBody<Sought>> => {
  const parsed = parseKeyId(named);
  if (!parsed) return refused(refusal(400, 'BadRequest', `${named} is not a key identifier. Send ${EXAMPLE}.`));
  // Nothing shows whether a Managed HSM is in scope: the consumers of its keys show it.
  const scope = isHsmHost(parsed.key.host) ? present(true) : await guardian.azure.isInScope(parsed.key);
  if (scope.kind === 'unknown')
    return refused(refusal(422, 'CannotBeRead', `${named} is not started: ${scope.reason}.`));
  if (scope.kind === 'absent')
    return refused(refusal(403, 'OutOfScope', `${named} is not started: there is no such vault in GUARDIAN_SCOPE.`));
  const target = keyId(parsed.key);
  if (await isUsed(guardian, target)) return { kind: 'value', value: { key: parsed.key, target, uses: [] } };
  return refused(refusal(404, 'NotFound', `Nothing in GUARDIAN_SCOPE uses ${target}: there is nothing to heal.`));
};

const byResource = async (guardian: Guardian, id: string): Promise<ParsedBody<Sought>> => {
  const consumer = await guardian.azure.readConsumer(id);
  if (consumer.kind === 'unknown') {
    const reach = guardian.settings.reach();
    const unknownIn = whyUnknown(id, reach);
    const why = `${id} is not started: ${unknownIn ?? consumer.reason}.`;
    const isOutside = unknownIn === undefined && !isReached(id, reach);
    return refused(isOutside ? refusal(403, 'OutOfScope', why) : refusal(422, 'CannotBeRead', why));
  }
  if (consumer.kind === 'absent') {
    return refused(refusal(404, 'NotFound', `${id} does not exist, or has no customer-managed key.`));
  }
  const [{ pinned }] = consumer.value;
  return { kind: 'value', value: { key: pinned.key, target: id, uses: consumer.value } };
};

/** One key is started at a time: where a vault has several, the caller must say which. */
const byVault = async (guardian: Guardian, sent: string, { keys }: Bearer): Promise<ParsedBody<Sought>> => {
  const [first, ...others] = keys;
  if (first === undefined) return refused(notNamed(sent));
  return others.length > 0
    ? refused(
        ambiguous(
          sent,
          'keys in use',
          keys.map((id) => ({ kind: 'key', id })),
        ),
      )
    : byKey(guardian, first);
};

const byBearer = async (guardian: Guardian, sent: string, bearers: readonly Bearer[]): Promise<ParsedBody<Sought>> => {
  const found = oneBearer(sent, bearers);
  if (found.kind === 'refused') return found;
  return found.value.kind === 'vault' ? byVault(guardian, sent, found.value) : byResource(guardian, found.value.id);
};

const byThing = async (
  guardian: Guardian,
  sent: string,
  thing: NamedThing,
  only?: Bearer['kind'],
): Promise<ParsedBody<Sought>> => {
  if (thing.kind === 'key') return byKey(guardian, thing.text);
  if (thing.kind === 'resource') return byResource(guardian, thing.id);
  const bearers = bearersOf(thing, inUse(await readSeen(guardian)));
  return byBearer(
    guardian,
    sent,
    bearers.filter(({ kind }) => only === undefined || kind === only),
  );
};

/** What each member of a body may hold. The members `consumer` and `vault` hold nothing else. */
const MEMBERS = {
  key: ['key', 'vault', 'resource', 'name'],
  resource: ['key', 'vault', 'resource', 'name'],
  consumer: ['resource', 'name'],
  vault: ['vault', 'name'],
} as const satisfies Readonly<Record<string, readonly NamedThing['kind'][]>>;

type Sent = { readonly member: keyof typeof MEMBERS; readonly sent: string; readonly thing: NamedThing };

const readBody = (body: unknown): ParsedBody<Sent> => {
  const parsed = parseBody(whatToLookAt.schema, body, EXAMPLE);
  if (parsed.kind === 'refused') return parsed;
  const bad = (message: string): ParsedBody<Sent> => ({ kind: 'refused', answer: refusal(400, 'BadRequest', message) });
  const members = Object.entries(parsed.value).filter(([, sent]) => sent !== undefined);
  const [first, ...others] = members as [keyof typeof MEMBERS, string][];
  if (!first || others.length > 0) return bad(`Name either a key, a resource, a consumer or a vault: ${EXAMPLE}.`);
  const [member, sent] = first;
  const thing = readNamed(sent);
  const isOne = thing !== undefined && (MEMBERS[member] as readonly string[]).includes(thing.kind);
  return isOne
    ? { kind: 'value', value: { member, sent, thing } }
    : bad(`${sent.slice(0, 200)} is not what ${member} may be. Send ${EXAMPLE}; a key may be named by ${FORMS}.`);
};

/**
 * Finds the key that a body names: by its id, by a resource that uses it or the name of that resource, or by its vault where that
 * has one key in use. Only keys and resources in scope are found, and nothing is stored.
 */
export const seekKey = async (sent: unknown, guardian: Guardian): Promise<ParsedBody<Sought>> => {
  const read = readBody(sent);
  if (read.kind === 'refused') return read;
  const { member, thing } = read.value;
  const only = member === 'consumer' || member === 'vault' ? member : undefined;
  return byThing(guardian, read.value.sent, thing, only);
};

/** Finds the key for a start. A resource that was named is from then on among the consumers that a look at the key reads. */
export const findKey = async (sent: unknown, guardian: Guardian): Promise<ParsedBody<FoundKey>> => {
  const found = await seekKey(sent, guardian);
  if (found.kind === 'refused') return found;
  const { key, target, uses } = found.value;
  // The resource may be newer than the last sweep.
  if (uses.length > 0) await addUses(guardian, uses);
  return { kind: 'value', value: { key, target } };
};
