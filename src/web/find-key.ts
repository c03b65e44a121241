import * as z from 'zod/mini';
import type { Guardian } from '../loop/guardian.ts';
import { addUses } from '../loop/memory/remember-consumers.ts';
import { type KeyRef, keyId, parseKeyId } from '../remediation/model/key-ref.ts';
import { parseResourceId } from '../remediation/model/resource-id.ts';
import { type DoorAnswer, type DoorRequest, refusal } from './door.ts';
import { type Parsed, parseBody } from './parse-body.ts';

const EXAMPLE = '{"key":"https://contoso.vault.azure.net/keys/cmk"} or {"resource":"/subscriptions/…/servers/orders"}';

const text = z.optional(z.string().check(z.minLength(1), z.maxLength(2_000)));
const schema = z.strictObject({ key: text, resource: text });

/** What a manual start names, and the key that it leads to: of a resource with several the active one. `target` is what the sender named, lower-cased. */
export type Found = { readonly key: KeyRef; readonly target: string };

const refused = (answer: DoorAnswer): Parsed<Found> => ({ kind: 'refused', answer });

/** Azure is asked only about a key of which nothing is recorded. What cannot all be listed may use it. */
const isUsed = async ({ store, azure }: Guardian, id: string): Promise<boolean> => {
  const { row, consumers } = await store.keyRows.read(id);
  if (row.wanted > 0 || consumers?.consumers.length) return true;
  const { keys, unreadable } = await azure.listConsumers();
  return unreadable.length > 0 || keys.some(({ key }) => keyId(key) === id);
};

const byKey = async (guardian: Guardian, named: string): Promise<Parsed<Found>> => {
  const parsed = parseKeyId(named);
  if (!parsed) return refused(refusal(400, 'BadRequest', `${named} is not a key identifier. Send ${EXAMPLE}.`));
  const scope = await guardian.azure.isInScope(parsed.key);
  if (scope.kind !== 'present') {
    const why = scope.kind === 'unknown' ? scope.reason : 'there is no such vault in GUARDIAN_SCOPE';
    return refused(refusal(403, 'OutOfScope', `${named} is not started: ${why}.`));
  }
  const target = keyId(parsed.key);
  if (await isUsed(guardian, target)) return { kind: 'value', value: { key: parsed.key, target } };
  return refused(refusal(404, 'NotFound', `Nothing in GUARDIAN_SCOPE uses ${target}: there is nothing to heal.`));
};

const byResource = async (guardian: Guardian, named: string): Promise<Parsed<Found>> => {
  const id = parseResourceId(named)?.id;
  if (!id) return refused(refusal(400, 'BadRequest', `${named} is not a resource id. Send ${EXAMPLE}.`));
  const consumer = await guardian.azure.readConsumer(id);
  if (consumer.kind === 'unknown') {
    return refused(refusal(403, 'OutOfScope', `${named} is not started: ${consumer.reason}.`));
  }
  if (consumer.kind === 'absent') {
    return refused(refusal(404, 'NotFound', `${named} does not exist, or has no customer-managed key.`));
  }
  // It may be newer than the last sweep.
  await addUses(guardian, consumer.value);
  const [{ pinned }] = consumer.value;
  return { kind: 'value', value: { key: pinned.key, target: id } };
};

/**
 * Finds the key that a body names by its own id or by a resource that uses it. Only what lies in scope is found. A resource
 * that is named is from then on among those that a look at the key includes.
 */
export const findKey = async (request: DoorRequest, guardian: Guardian): Promise<Parsed<Found>> => {
  const parsed = parseBody(schema, request.body, EXAMPLE);
  if (parsed.kind === 'refused') return parsed;
  const { key, resource } = parsed.value;
  if (key !== undefined && resource === undefined) return byKey(guardian, key);
  if (resource !== undefined && key === undefined) return byResource(guardian, resource);
  return refused(refusal(400, 'BadRequest', `Name either a key or a resource: ${EXAMPLE}.`));
};
