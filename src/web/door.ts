import type { Durable, Guardian } from '../loop/guardian.ts';

/** An HTTP request as the doors see it: parsed, without the Functions runtime. */
export type SentRequest = Omit<DoorRequest, 'body'> & {
  /** The body as it was sent; empty when there was none. */ readonly text: string;
};

export type DoorRequest = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The parsed JSON body; `undefined` when there was none. */
  readonly body: unknown;
  readonly authorization?: string;
};

/** Handles one route. What it throws becomes 500, or 503 where only Azure stood in the way; what the sender did wrong is an answer. */
export type Door = (request: DoorRequest, guardian: Guardian, durable: Durable) => Promise<DoorAnswer>;

export type DoorAnswer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Instead of a body: what is no JSON. */
  readonly text?: string;
};

/** The body of every refusal: one code for programs, one sentence with the fix for people. */
export const refusal = (
  status: number,
  code: string,
  message: string,
  more: Record<string, unknown> = {},
): DoorAnswer => ({
  status,
  body: { error: { code, message }, ...more },
});

const sendAgain = (code: string, error: unknown, seconds: number): DoorAnswer => ({
  ...refusal(503, code, `${error instanceof Error ? error.message : String(error)}. Send the request again.`),
  headers: { 'Retry-After': String(seconds) },
});

/** A wake-up that could not be promised: the sender is told to send again. */
export const notWoken = (error: unknown): DoorAnswer => sendAgain('NotWoken', error, 5);

/** The same where a door could not look, because Azure is throttled, down or out of reach. */
export const azureUnavailable = (error: unknown): DoorAnswer => sendAgain('AzureUnavailable', error, 30);

const parse = (text: string): { readonly body: unknown } | undefined => {
  try {
    return { body: text.trim() === '' ? undefined : JSON.parse(text) };
  } catch {
    return undefined;
  }
};

/** Opens a door to a request. A body that is not JSON must not pass for none: it would be an approval without its limits. */
export const open = async (
  door: Door,
  { text, ...sent }: SentRequest,
  guardian: Guardian,
  durable: Durable,
): Promise<DoorAnswer> => {
  const parsed = parse(text);
  if (!parsed) return refusal(400, 'BadJson', 'The body is not JSON. Send JSON, with content-type application/json.');
  return door({ ...sent, ...parsed }, guardian, durable);
};
