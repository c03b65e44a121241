import type * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';
import { type DoorAnswer, refusal } from './door.ts';

export type Parsed<Value> =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'refused'; readonly answer: DoorAnswer };

// The small edition of zod says "Invalid input" to everything unless it is given words; these are English.
const { localeError: words } = en();

/** Reads a JSON body; a refusal names every fault at once and shows what is expected. */
export const parseBody = <Schema extends z.ZodMiniType>(
  schema: Schema,
  body: unknown,
  example: string,
): Parsed<z.infer<Schema>> => {
  const parsed = schema.safeParse(body ?? {}, { error: words });
  if (parsed.success) return { kind: 'value', value: parsed.data };
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  const message = `The body is not understood. ${faults.join('; ')}. Send JSON such as ${example}.`;
  return { kind: 'refused', answer: refusal(400, 'BadRequest', message) };
};
