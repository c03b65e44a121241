import type * as z from 'zod/mini';
import type { Body } from './contract/row.ts';
import { type DoorAnswer, type DoorRequest, refusal } from './door.ts';
import { faultsOf, words } from './fault-words.ts';

export type ParsedBody<Value> =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'refused'; readonly answer: DoorAnswer };

/** The examples of a body, in JSON. */
export const shownIn = ({ examples }: Pick<Body, 'examples'>): string =>
  examples.map((example) => JSON.stringify(example)).join(' or ');

/** Checks a body that was read. A refusal names all faults and shows an example. */
export const parseBody = <Schema extends z.ZodMiniType>(
  schema: Schema,
  body: unknown,
  example: string,
): ParsedBody<z.infer<Schema>> => {
  const parsed = schema.safeParse(body ?? {}, { error: words });
  if (parsed.success) return { kind: 'value', value: parsed.data };
  const message = `The body is not understood. ${faultsOf(parsed.error)}. Send JSON such as ${example}.`;
  return { kind: 'refused', answer: refusal(400, 'BadRequest', message) };
};

/** Reads the body of a request, and checks it. */
export const readBody = async <Schema extends z.ZodMiniType>(
  { readBody: read }: Pick<DoorRequest, 'readBody'>,
  body: Body<Schema>,
): Promise<ParsedBody<z.infer<Schema>>> => {
  const sent = await read();
  return sent.kind === 'refused' ? sent : parseBody(body.schema, sent.value, shownIn(body));
};
