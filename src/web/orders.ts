import * as z from 'zod/mini';
import { whoAsks } from './callers.ts';
import type { Door } from './door.ts';
import { parseBody } from './parse-body.ts';

const sentence = z.string().check(z.minLength(1), z.maxLength(1_000));
const until = z.optional(z.iso.datetime());
const pauseSchema = z.strictObject({ why: sentence, until });
const doNotHealSchema = z.strictObject({ target: sentence, why: sentence, until });

/** GET: what people have ordered for every key. */
export const getOrders: Door = async (_request, guardian) => {
  const { paused, doNotHeal } = await guardian.store.records.inForce(new Date().toISOString());
  return { status: 200, body: { paused: paused ?? null, doNotHeal } };
};

/** PUT: no repair is written from now on, until it is lifted or its time has come. */
export const pause: Door = async (request, guardian) => {
  const caller = await whoAsks(request, guardian.settings.approval.tokens);
  if (caller.kind === 'refused') return caller.answer;
  const body = parseBody(pauseSchema, request.body, '{"why":"planned maintenance","until":"2026-07-01T12:00:00Z"}');
  if (body.kind === 'refused') return body.answer;
  const order = { by: caller.person.name, why: body.value.why, ...(body.value.until && { until: body.value.until }) };
  await guardian.store.records.pause(order);
  return { status: 200, body: order };
};

/** DELETE: lifts the pause. What waited is looked at by the next sweep. */
export const resume: Door = async (_request, guardian) => {
  await guardian.store.records.resume();
  return { status: 204 };
};

/** PUT: a key, vault, consumer or scope that must never be repaired: a deliberate revocation. */
export const forbidHealing: Door = async (request, guardian) => {
  const caller = await whoAsks(request, guardian.settings.approval.tokens);
  if (caller.kind === 'refused') return caller.answer;
  const example = '{"target":"https://contoso.vault.azure.net/keys/cmk","why":"customer left"}';
  const body = parseBody(doNotHealSchema, request.body, example);
  if (body.kind === 'refused') return body.answer;
  const { target, why, until: end } = body.value;
  const order = { target: target.toLowerCase(), by: caller.person.name, why, ...(end && { until: end }) };
  await guardian.store.records.forbidHealing(order);
  return { status: 200, body: order };
};

/** DELETE ?target=: takes the mark away. */
export const allowHealing: Door = async ({ query }, guardian) => {
  await guardian.store.records.allowHealing(query.get('target') ?? '');
  return { status: 204 };
};
