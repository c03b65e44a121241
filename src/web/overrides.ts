import type { Guardian } from '../loop/guardian.ts';
import { record } from '../loop/record.ts';
import { liftPause, liftScopedPauses } from '../loop/wake/lift.ts';
import { inForce } from '../remediation/model/in-force.ts';
import type { OverrideTarget } from '../remediation/model/override-target.ts';
import { isSilent } from '../remediation/policy/policy-rules/after-silence.ts';
import type { Pause } from '../store/overrides.ts';
import { signature } from './callers.ts';
import type { QueryOf } from './contract/contract.ts';
import { pauseOverride } from './contract/overrides.ts';
import { type Door, type DoorAnswer, notWoken, refusal } from './door.ts';
import { tooMany } from './override-bound.ts';
import { reachOf } from './override-reach.ts';
import { hasPassed, lifting, outlasting, shortens } from './override-rules.ts';
import { type ParsedBody, readBody } from './parse-body.ts';
import { pausesOf, readPauseScope } from './pause-scope.ts';

const areInForce = <Override extends Pause>(overrides: readonly Override[]): readonly Override[] =>
  overrides.filter((one) => inForce(one.until, new Date()));

/** GET: the overrides of people that are in force. `paused`: the pause of everything that lasts longest. */
export const getOverrides: Door = async (_request, { store: { records } }) => {
  const { paused, doNotHeal } = await records.inForce(new Date().toISOString());
  const [longest] = areInForce(paused ? [paused] : []);
  const pauses = areInForce(await records.pauses());
  return { status: 200, body: { paused: longest ?? null, pauses, doNotHeal: areInForce(doNotHeal) } };
};

/** The scope of the pause; `undefined` for a pause of everything. */
const readScope = async (
  sent: string | undefined,
  guardian: Guardian,
): Promise<ParsedBody<OverrideTarget | undefined>> =>
  sent === undefined ? { kind: 'value', value: undefined } : readPauseScope(sent, guardian);

/** Do-not-heal records count against the bound of pauses of a scope only, so for a pause of everything they are not read. */
const beyondBound = async ({ store }: Guardian, pauses: readonly Pause[], override: Pause) => {
  const { doNotHeal } =
    override.scope === undefined ? { doNotHeal: [] } : await store.records.inForce(new Date().toISOString());
  return tooMany({ pauses, doNotHeal }, override);
};

/**
 * PUT: no repair is written from now on, of anything or in a scope, until the pause is lifted or ends. The pause is entered in
 * the ledger before it is in force, and is kept beside all others; only a caller who may lift overrides can shorten one by it.
 */
export const pause: Door = async (request, guardian) => {
  const { records } = guardian.store;
  const body = await readBody(request, pauseOverride);
  if (body.kind === 'refused') return body.answer;
  const { why, until: end, scope: sent } = body.value;
  const scope = await readScope(sent, guardian);
  if (scope.kind === 'refused') return scope.answer;
  const place = scope.value && { scope: scope.value.id };
  const override = { by: signature(request.caller), why, ...(end !== undefined && { until: end }), ...place };
  const pauses = await records.pauses();
  const longer = outlasting(pausesOf(pauses, place?.scope), override);
  const refused =
    hasPassed(override) ?? shortens(request.caller, longer) ?? (await beyondBound(guardian, pauses, override));
  if (refused) return refused;
  await record(guardian, 'pause', {
    ...override,
    ...(longer.length > 0 && { shortens: longer.map((one) => ({ ...one })) }),
  });
  await records.pause(override);
  if (longer.length > 0) await records.resume(longer);
  return { status: 200, body: { ...override, ...(scope.value && (await reachOf(guardian, scope.value))) } };
};

type Lifted = { readonly place?: string; readonly pauses: readonly Pause[] };

/**
 * The pauses to lift. A scope is first compared as it is spelt in the pauses: it may be gone from the settings, or may never have
 * been seen. A scope may also have no pause left.
 */
const liftedBy = async (sent: string | undefined, guardian: Guardian): Promise<ParsedBody<Lifted>> => {
  const pauses = await guardian.store.records.pauses();
  const literal = pausesOf(pauses, sent);
  if (sent === undefined) return { kind: 'value', value: { pauses: literal } };
  const [first] = literal;
  if (first?.scope !== undefined) return { kind: 'value', value: { place: first.scope, pauses: literal } };
  const scope = await readPauseScope(sent, guardian);
  if (scope.kind === 'refused') return scope;
  const place = scope.value.id;
  return { kind: 'value', value: { place, pauses: pausesOf(pauses, place) } };
};

const noPauseOf = (scope: string): DoorAnswer =>
  refusal(
    404,
    'NotFound',
    `There is no pause of '${scope.slice(0, 200)}'. GET /api/overrides lists all that there are.`,
  );

/**
 * Whether the product repairs nothing after a long silence: lifting the pause of everything ends that too, also where there is no
 * pause.
 */
const rests = async ({ store, settings }: Guardian): Promise<boolean> => {
  const now = new Date();
  return isSilent(await store.records.inForce(now.toISOString()), settings.policy, now);
};

/** Names the paused scopes, so that a caller who meant one of them does not think it lifted. */
const nothingPaused = async ({ store }: Guardian): Promise<DoorAnswer> => {
  const scopes = [...new Set(areInForce(await store.records.pauses()).flatMap(({ scope }) => scope ?? []))];
  const standing =
    scopes.length === 0
      ? 'GET /api/overrides lists all that there are.'
      : `What is paused is ${scopes.slice(0, 3).join(', ')}${scopes.length > 3 ? ` and ${scopes.length - 3} more` : ''}: add &scope= with what is to go on.`;
  return refusal(404, 'NotFound', `There is no pause of everything, and nothing was lifted. ${standing}`);
};

/** DELETE ?why=&scope=: lifts every pause of everything, or those of that scope, and wakes the keys that waited at once. */
export const resume: Door<QueryOf<'resume'>> = (request, guardian, durable) =>
  lifting(request, async (caller, why) => {
    const found = await liftedBy(request.query.scope, guardian);
    if (found.kind === 'refused') return found.answer;
    const { place, pauses: lifted } = found.value;
    // A caller that was told that a key could not be woken sends the request again, when the pause is gone already: the keys
    // that waited are woken all the same.
    if (place === undefined && areInForce(lifted).length === 0 && !(await rests(guardian)))
      return liftPause(guardian, durable).then(() => nothingPaused(guardian), notWoken);
    if (place !== undefined && lifted.length === 0)
      return liftScopedPauses(guardian, durable, place, []).then(
        () => noPauseOf(request.query.scope ?? place),
        notWoken,
      );
    await record(guardian, 'pause lifted', {
      by: signature(caller),
      why,
      ...(place !== undefined && { scope: place }),
      lifted: lifted.map((one) => ({ ...one })),
    });
    const done =
      place === undefined ? liftPause(guardian, durable) : liftScopedPauses(guardian, durable, place, lifted);
    return done.then(() => ({ status: 204 }), notWoken);
  });
