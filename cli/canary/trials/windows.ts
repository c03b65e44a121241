import type { Canary } from '../canary.ts';
import { saidIn, type Trial, unknown } from '../trial.ts';
import { openAt, secondsOf, setAttributes, unwrap, wrap } from '../use.ts';

type Window = { readonly name: string; readonly attributes: (seconds: number) => object };

const expired = (seconds: number): object => ({ exp: seconds - 60 });

export const EXPIRED: Window = { name: 'expired', attributes: expired };
export const TOO_EARLY: Window = {
  name: 'not yet valid',
  attributes: (now) => ({ nbf: now + 86_400, exp: now + 2 * 86_400 }),
};

/** Key Vault wraps with a key only between its activation and its expiry: that is why an expiry stops a single server. */
export const outside =
  ({ name, attributes }: Window) =>
  async (canary: Canary): Promise<Trial> => {
    const assumption = `A key that is ${name} is refused for wrapping, 403 with a code of its own`;
    const seconds = secondsOf(canary);
    const set = await setAttributes(canary, attributes(seconds));
    if (set.status !== 200) return unknown(assumption, set);
    const wrapped = await wrap(canary);
    await setAttributes(canary, openAt(seconds));
    if (wrapped.status === 200) return { assumption, verdict: 'fails', seen: 'It is used like any other.' };
    return {
      assumption,
      verdict: wrapped.status === 403 ? 'holds' : 'fails',
      seen: `It is refused: ${saidIn(wrapped)}.`,
    };
  };

/** A flexible server only unwraps: it goes on after the expiry, so that it is threatened and not down. */
export const expiredUnwraps = async (canary: Canary): Promise<Trial> => {
  const assumption = 'An expired key still unwraps what it has wrapped';
  const wrapped = await wrap(canary);
  const seconds = secondsOf(canary);
  const set = await setAttributes(canary, expired(seconds));
  const refused = [wrapped, set].find(({ status }) => status !== 200);
  if (refused) return unknown(assumption, refused);
  const unwrapped = await unwrap(canary, wrapped);
  await setAttributes(canary, openAt(seconds));
  return unwrapped.status === 200
    ? { assumption, verdict: 'holds', seen: 'It does.' }
    : { assumption, verdict: 'fails', seen: `It is refused: ${saidIn(unwrapped)}.` };
};

/** The repair of an expiry: the operation that was refused before works again. */
export const extended = async (canary: Canary): Promise<Trial> => {
  const assumption = 'A key whose expiry is put off wraps again at once';
  const seconds = secondsOf(canary);
  const set = await setAttributes(canary, expired(seconds));
  const putOff = await setAttributes(canary, openAt(seconds));
  const refused = [set, putOff].find(({ status }) => status !== 200);
  if (refused) return unknown(assumption, refused);
  const wrapped = await wrap(canary);
  return wrapped.status === 200
    ? { assumption, verdict: 'holds', seen: 'It does.' }
    : { assumption, verdict: 'fails', seen: `It is refused: ${saidIn(wrapped)}.` };
};
