import { type DoorAnswer, type DoorRequest, type JsonBody, refusal, type SentText } from './door.ts';

/**
 * The limits of a body, which hold before it is parsed (invariant `input-is-bounded`). `values`: members of objects and lists, at
 * any depth.
 */
export type BodyBounds = { readonly bytes: number; readonly depth: number; readonly values: number };

/**
 * Bodies of people and programs are short. Azure Monitor sends a few kilobytes, and an alert that is not understood is stored.
 */
export const BOUNDS = {
  command: { bytes: 64 * 1_024, depth: 8, values: 500 },
  event: { bytes: 256 * 1_024, depth: 64, values: 20_000 },
} as const satisfies Readonly<Record<string, BodyBounds>>;

/** A body that was not read yet. `length`: as its sender states it. */
export type SentBody = {
  readonly length?: string | undefined;
  readonly chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
};

const refused = (answer: DoorAnswer): JsonBody => ({ kind: 'refused', answer });

const tooLarge = ({ bytes }: BodyBounds): JsonBody =>
  refused(refusal(413, 'TooLarge', `The body is larger than ${bytes} bytes, which is all that is read. Send less.`));

const badJson = (): JsonBody =>
  refused(refusal(400, 'BadJson', 'The body is not JSON. Send JSON, with content-type application/json.'));

type Gathered = { readonly bytes: Uint8Array; readonly isWhole: boolean };

/** Reads chunks until the limit is passed, and none after that. */
const gather = async ({ chunks }: SentBody, most: number): Promise<Gathered> => {
  const read: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.byteLength;
    read.push(chunk);
    if (size > most) return { bytes: Buffer.concat(read).subarray(0, most), isWhole: false };
  }
  return { bytes: Buffer.concat(read), isWhole: true };
};

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** The index behind a JSON text that begins at a quotation mark. */
const afterText = (json: Uint8Array, begins: number): number => {
  let at = begins + 1;
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1;
  return at + 1;
};

const OPENING = new Set([0x7b, 0x5b]);
const CLOSING = new Set([0x7d, 0x5d]);
const COMMA = 0x2c;

/** Whether these bytes nest deeper, or hold more values, than allowed: found in one pass, before anything is parsed. */
const isTooMuch = (json: Uint8Array, { depth, values }: BodyBounds): boolean => {
  let [level, count, at] = [0, 0, 0];
  while (at < json.length) {
    const byte = json[at] ?? 0;
    if (byte === QUOTE) {
      at = afterText(json, at);
      continue;
    }
    if (OPENING.has(byte)) level += 1;
    else if (CLOSING.has(byte)) level -= 1;
    if (OPENING.has(byte) || byte === COMMA) count += 1;
    if (level > depth || count > values) return true;
    at += 1;
  }
  return false;
};

const tooMuch = ({ depth, values }: BodyBounds): string =>
  `nests deeper than ${depth} levels, or holds more than ${values} values`;

const parsed = (json: Uint8Array): JsonBody => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(json);
    return { kind: 'value', value: text.trim() === '' ? undefined : JSON.parse(text) };
  } catch {
    return badJson();
  }
};

/**
 * Reads a JSON body within its limits; the value is `undefined` where there was no body. A body that is not JSON must not be
 * taken for a missing one: it would become an approval without its limits.
 */
export const readJson = async (body: SentBody, bounds: BodyBounds): Promise<JsonBody> => {
  if (Number(body.length ?? 0) > bounds.bytes) return tooLarge(bounds);
  const { bytes: json, isWhole } = await gather(body, bounds.bytes);
  if (!isWhole) return tooLarge(bounds);
  if (!isTooMuch(json, bounds)) return parsed(json);
  return refused(refusal(400, 'TooMuch', `The body ${tooMuch(bounds)}. Send less.`));
};

/** Reads a body as text, within the same limits. Bytes that are not UTF-8 become replacement characters. */
export const readText = async (body: SentBody, bounds: BodyBounds): Promise<SentText> => {
  const { bytes, isWhole } = await gather(body, bounds.bytes);
  const text = new TextDecoder('utf-8').decode(bytes);
  if (!isWhole) return { text, over: `is larger than ${bounds.bytes} bytes` };
  return isTooMuch(bytes, bounds) ? { text, over: tooMuch(bounds) } : { text };
};

/** A request from the runtime, whose body was not read yet. */
export type SentRequest = Pick<DoorRequest<URLSearchParams>, 'params' | 'query' | 'accepts'> & {
  readonly body: SentBody;
  readonly authorization?: string;
  /** Whether the request has something that may be a key of the host; only the host knows whether the key is valid. */
  readonly showsKey: boolean;
};

type Understood<Query> = Omit<DoorRequest<Query>, 'readBody' | 'readText'> & { readonly body: SentBody };

/** The request for a handler: the body is read only when the handler asks for it. */
export const toDoorRequest = <Query>({ body, ...sent }: Understood<Query>, bounds: BodyBounds): DoorRequest<Query> => {
  let reading: Promise<JsonBody> | undefined;
  const readBody = (): Promise<JsonBody> => {
    reading ??= readJson(body, bounds);
    return reading;
  };
  return { ...sent, readBody, readText: () => readText(body, bounds) };
};
