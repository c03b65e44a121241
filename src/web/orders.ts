import * as z from 'zod/mini';
import type { Guardian } from '../loop/guardian.ts';
import { record } from '../loop/record.ts';
import { parseKeyId } from '../remediation/model/key-ref.ts';
import { parseResourceId } from '../remediation/model/resource-id.ts';
import { whoAsks } from './callers.ts';
import { type Door, type DoorAnswer, type DoorRequest, refusal } from './door.ts';
import { parseBody } from './parse-body.ts';
import type { Person } from './token.ts';

const sentence = z.string().check(z.minLength(1), z.maxLength(1_000));
const until = z.optional(z.iso.datetime());
const pauseSchema = z.strictObject({ why: sentence, until });
const doNotHealSchema = z.strictObject({ target: sentence, why: sentence, until });
const DO_NOT_HEAL = '{"target":"https://contoso.vault.azure.net/keys/cmk","why":"customer left"}';

/** GET: what people have ordered for every key. */
export const getOrders: Door = async (_request, guardian) => {
  const { paused, doNotHeal } = await guardian.store.records.inForce(new Date().toISOString());
  return { status: 200, body: { paused: paused ?? null, doNotHeal } };
};

/** Lets the one who asks give an order; it is entered in the ledger before it is in force. */
const ordering = async (
  request: DoorRequest,
  guardian: Guardian,
  give: (by: Person) => Promise<DoorAnswer>,
): Promise<DoorAnswer> => {
  const caller = await whoAsks(request, guardian.settings.approval.tokens);
  return caller.kind === 'refused' ? caller.answer : give(caller.person);
};

/** PUT: no repair is written from now on, until it is lifted or its time has come. */
export const pause: Door = (request, guardian) =>
  ordering(request, guardian, async ({ name }) => {
    const body = parseBody(pauseSchema, request.body, '{"why":"planned maintenance","until":"2026-07-01T12:00:00Z"}');
    if (body.kind === 'refused') return body.answer;
    const { why, until: end } = body.value;
    const order = { by: name, why, ...(end !== undefined && { until: end }) };
    await record(guardian, 'pause', order);
    await guardian.store.records.pause(order);
    return { status: 200, body: order };
  });

/** DELETE: lifts the pause. What waited is looked at by the next sweep. */
export const resume: Door = (request, guardian) =>
  ordering(request, guardian, async ({ name }) => {
    await record(guardian, 'pause lifted', { by: name });
    await guardian.store.records.resume();
    return { status: 204 };
  });

/** The id of a key, of a resource or of a scope, lower-cased; anything else would never match. */
const targetOf = (text: string): string | undefined =>
  parseKeyId(text) || parseResourceId(text) ? text.trim().toLowerCase() : undefined;

const noTarget = (text: string): DoorAnswer =>
  refusal(400, 'BadRequest', `'${text}' is neither a key identifier nor a resource id. Send such as ${DO_NOT_HEAL}.`);

/** PUT: a key, vault, consumer or scope that must never be repaired: a deliberate revocation. */
export const forbidHealing: Door = (request, guardian) =>
  ordering(request, guardian, async ({ name }) => {
    const body = parseBody(doNotHealSchema, request.body, DO_NOT_HEAL);
    if (body.kind === 'refused') return body.answer;
    const { why, until: end } = body.value;
    const target = targetOf(body.value.target);
    if (target === undefined) return noTarget(body.value.target);
    const order = { target, by: name, why, ...(end !== undefined && { until: end }) };
    await record(guardian, 'do not heal', order);
    await guardian.store.records.forbidHealing(order);
    return { status: 200, body: order };
  });

/** DELETE ?target=: takes the mark away. */
export const allowHealing: Door = (request, guardian) =>
  ordering(request, guardian, async ({ name }) => {
    const named = request.query.get('target') ?? '';
    const target = targetOf(named);
    if (target === undefined) return noTarget(named);
    await record(guardian, 'do not heal lifted', { target, by: name });
    await guardian.store.records.allowHealing(target);
    return { status: 204 };
  });
