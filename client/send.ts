import type { Problem } from './api.ts';
import { hasTwin } from './has-twin.ts';
import { Refused } from './refused.ts';
import { Unreachable } from './unreachable.ts';

type Headed = Readonly<Record<string, string>>;

/** Where the app is, and what proves who asks. */
export type Guardian = {
  /** Of the function app, without a slash at its end; empty for a page that the app itself serves. */
  readonly url: string;
  /** `key`: the twins below `/api/keyed`, where a route has one. */
  readonly by: 'token' | 'key';
  /** Headers that prove who asks. They are asked for at each request, since a token ends. */
  readonly proof: () => Promise<Headed>;
  /** A proof that is newly issued: asked for once where the app has not accepted one before its time. */
  readonly renewedProof?: () => Promise<Headed>;
};

/** What a request is sent with. Without `guardian` it goes to where the page came from, of nobody. */
export type Sending = RequestInit & { readonly guardian?: Guardian };

const NOBODY: Guardian = { url: '', by: 'token', proof: async () => ({}) };

const pathAt = ({ by }: Guardian, method: string, path: string): string =>
  by === 'key' && hasTwin(method, path) ? path.replace('/api/', '/api/keyed/') : path;

const askWith = async (proof: Headed, path: string, { guardian = NOBODY, ...init }: Sending): Promise<Response> => {
  const headers = new Headers(init.headers);
  for (const [name, value] of Object.entries(proof)) headers.set(name, value);
  const address = `${guardian.url}${pathAt(guardian, init.method ?? 'GET', path)}`;
  try {
    // Whoever it leads to has no right to what proves who asks: `fetch` would hand on a key of the function app.
    return await fetch(address, { ...init, headers, redirect: 'manual' });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new Unreachable(address, error);
  }
};

/** What was refused with 401 was not done, whatever it was: it may be sent again. */
const ask = async (path: string, sending: Sending): Promise<Response> => {
  const { proof, renewedProof } = sending.guardian ?? NOBODY;
  const answer = await askWith(await proof(), path, sending);
  if (answer.status !== 401 || !renewedProof) return answer;
  return askWith(await renewedProof(), path, sending);
};

const typeOf = ({ headers }: Response): string => (headers.get('content-type') ?? '').split(';')[0]?.trim() ?? '';

const PROBLEM = 'application/problem+json';

const refused = async (answer: Response): Promise<Refused> => {
  if (typeOf(answer) !== PROBLEM) return new Refused(answer.status, undefined);
  return new Refused(answer.status, (await answer.json()) as Problem);
};

/** The health is told with 503 as well, in the form of 200: that is an answer, and no refusal. */
const isAnswer = (answer: Response): boolean => answer.ok || typeOf(answer) === 'application/json';

/** Sends what the generated functions make, and reads what comes back: what the function says it gives, or `Refused`. */
export const send = async <Answered>(path: string, sending: Sending): Promise<Answered> => {
  const answer = await ask(path, sending);
  if (!isAnswer(answer)) throw await refused(answer);
  const text = await answer.text();
  return (text === '' ? undefined : JSON.parse(text)) as Answered;
};

/** The same as text, for what a list answers with `format=csv`: `sendForText(getListExpiryUrl({ format: 'csv' }), { guardian })`. */
export const sendForText = async (path: string, sending: Sending): Promise<string> => {
  const answer = await ask(path, sending);
  if (!answer.ok) throw await refused(answer);
  return answer.text();
};
