import type * as z from 'zod/mini';
import { type DoorAnswer, refusal } from './door.ts';

export type Parsed<Value> =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'refused'; readonly answer: DoorAnswer };

/** Reads a JSON body; a refusal names every fault at once and shows what is expected. */
export const parseBody = <Schema extends z.ZodMiniType>(
  schema: Schema,
  body: unknown,
  example: string,
): Parsed<z.infer<Schema>> => {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return { kind: 'value', value: parsed.data };
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  const message = `The body is not understood. ${faults.join('; ')}. Send JSON such as ${example}.`;
  return { kind: 'refused', answer: refusal(400, 'BadRequest', message) };
};
