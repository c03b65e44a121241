import type { Guardian } from '../loop/guardian.ts';
import { inUse, readSeen } from '../loop/memory/estate.ts';
import { record } from '../loop/record.ts';
import { isMarkRemembered, liftDoNotHeal } from '../loop/wake/lift.ts';
import { type OverrideTarget, parseOverrideTarget } from '../remediation/model/override-target.ts';
import { bearersOf, readNamed } from './bearers.ts';
import { signature } from './callers.ts';
import type { QueryOf } from './contract/contract.ts';
import { doNotHealOverride } from './contract/overrides.ts';
import { type Door, type DoorAnswer, notWoken, refusal } from './door.ts';
import { oneBearer } from './keys-named.ts';
import { tooMany } from './override-bound.ts';
import { isInReach, reachOf } from './override-reach.ts';
import { hasPassed, lifting, outlasting, shortens } from './override-rules.ts';
import { type ParsedBody, readBody, shownIn } from './parse-body.ts';

const FORMS =
  'a vault, a key or a key version, by its url or its resource id; the resource id of a server, a disk encryption set, a virtual machine, a resource group or a subscription; or the name of a vault or a consumer that was seen';

const neverMatches = (why: string): DoorAnswer =>
  refusal(422, 'NeverMatches', `${why} Name ${FORMS}, in GUARDIAN_SCOPE, such as ${shownIn(doNotHealOverride)}.`);

/** The id of the consumer or vault that has this name now; the text as it was sent, where there is none. */
const idOf = async (sent: string, guardian: Guardian): Promise<ParsedBody<string>> => {
  const thing = readNamed(sent);
  if (thing?.kind !== 'name') return { kind: 'value', value: sent };
  const bearers = bearersOf(thing, inUse(await readSeen(guardian)));
  if (bearers.length === 0) return { kind: 'value', value: sent };
  const one = oneBearer(sent, bearers);
  return one.kind === 'refused' ? one : { kind: 'value', value: one.value.id };
};

const readTarget = async (named: string, guardian: Guardian): Promise<OverrideTarget | DoorAnswer> => {
  const { settings } = guardian;
  const id = await idOf(named, guardian);
  if (id.kind === 'refused') return id.answer;
  const sent = id.value;
  const target = parseOverrideTarget(sent);
  if (!target) return neverMatches(`No repair ever touches '${sent}', so that this record would forbid nothing.`);
  return isInReach(target, settings)
    ? target
    : neverMatches(`${target.id} is outside GUARDIAN_SCOPE, where nothing is repaired anyway.`);
};

/**
 * PUT: a key, vault, consumer or scope that must never be repaired, for example because its access was revoked on purpose. The
 * record is kept beside all others; only a caller who may lift overrides can shorten one by it. The answer says what the record
 * covers now.
 */
export const forbidHealing: Door = async (request, guardian) => {
  const { records } = guardian.store;
  const body = await readBody(request, doNotHealOverride);
  if (body.kind === 'refused') return body.answer;
  const target = await readTarget(body.value.target, guardian);
  if ('status' in target) return target;
  const { why, until: end } = body.value;
  const override = { target: target.id, by: signature(request.caller), why, ...(end !== undefined && { until: end }) };
  const longer = outlasting(await records.recordsOf(target.id), override);
  const { doNotHeal } = await records.inForce(new Date().toISOString());
  const refused =
    hasPassed(override) ??
    shortens(request.caller, longer) ??
    tooMany({ pauses: await records.pauses(), doNotHeal }, override);
  if (refused) return refused;
  const shortened = longer.length > 0 && { shortens: longer.map((one) => ({ ...one })) };
  await record(guardian, 'do not heal', { ...override, ...shortened });
  await records.forbidHealing(override);
  if (longer.length > 0) await records.allowHealing(target.id, longer);
  return { status: 200, body: { ...override, ...(await reachOf(guardian, target)) } };
};

const noRecord = (sent: string): DoorAnswer =>
  refusal(
    404,
    'NotFound',
    `There is no record for '${sent}', and nothing was lifted. GET /api/overrides lists all that there are.`,
  );

/**
 * DELETE ?target=&why=: lifts every record for the target, and the mark that is remembered of a tag on it. The keys that waited
 * are woken at once.
 */
export const allowHealing: Door<QueryOf<'allow-healing'>> = (request, guardian, durable) =>
  lifting(request, async (caller, why) => {
    const { target: sent } = request.query;
    const literal = parseOverrideTarget(sent)?.id ?? sent.trim().toLowerCase();
    const kept = await guardian.store.records.recordsOf(literal);
    // A record of an older release may hold a text that is no target: such a text comes before a name.
    const id = kept.length > 0 ? ({ kind: 'value', value: literal } as const) : await idOf(literal, guardian);
    if (id.kind === 'refused') return id.answer;
    const target = parseOverrideTarget(id.value)?.id ?? id.value;
    const lifted = target === literal ? kept : await guardian.store.records.recordsOf(target);
    if (lifted.length === 0 && !parseOverrideTarget(target)) return noRecord(sent);
    // A caller that was told that a key could not be woken sends the request again, when the record is gone already: the keys
    // that waited are woken all the same.
    if (lifted.length === 0 && !(await isMarkRemembered(guardian, target)))
      return liftDoNotHeal(guardian, durable, target).then(() => noRecord(sent), notWoken);
    const detail = { target, by: signature(caller), why, lifted: lifted.map((one) => ({ ...one })) };
    await record(guardian, 'do not heal lifted', detail);
    return liftDoNotHeal(guardian, durable, target).then(() => ({ status: 204 }), notWoken);
  });
