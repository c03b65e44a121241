import type { Guardian } from '../../client/send.ts';
import { Usage } from '../failure.ts';
import type { Surroundings } from '../surroundings.ts';
import { isThisMachine } from './this-machine.ts';
import { tokenAt } from './token-at.ts';
import type { Way } from './ways.ts';

export type Asker = {
  readonly url?: string;
  readonly key?: string;
  readonly scope?: string;
  readonly signIn?: Way;
};

/** Everybody on the network could read a key or token in clear text: without TLS only this machine is addressed. */
const checked = (sent: string): string => {
  const url = URL.parse(sent);
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw new Usage(`'${sent}' is no address. Write it like https://contoso-guardian.azurewebsites.net.`);
  if (url.protocol === 'http:' && !isThisMachine(url.hostname))
    throw new Usage(`'${sent}' would carry your key or token in clear text. Write https://.`);
  return url.origin;
};

const MISSING =
  'Say where the function app is: --url https://contoso-guardian.azurewebsites.net, or GUARDIAN_URL in the environment.';

/** One token for all requests of a command: the token lasts an hour, and a longer command gets another one. */
const keptFor = (ask: () => Promise<string>, now: () => number): (() => Promise<string>) => {
  let kept: { readonly at: number; readonly token: Promise<string> } | undefined;
  return () => {
    if (!kept || now() - kept.at > 30 * 60_000) kept = { at: now(), token: ask() };
    return kept.token;
  };
};

/**
 * The address of the app and the proof of the caller: a key of the function app where one is given, else the token in the
 * environment, else an interactive sign-in. A way to sign in on the command line comes before keys and tokens of the environment.
 */
export const guardianOf = (
  { url = '', key = '', scope, signIn: way }: Asker,
  { environment, signIn, now }: Pick<Surroundings, 'environment' | 'signIn' | 'now'>,
): Guardian => {
  const sent = url || environment['GUARDIAN_URL'];
  if (!sent) throw new Usage(MISSING);
  const address = checked(sent);
  const known = key || (way === undefined && environment['GUARDIAN_KEY']);
  if (known) return { url: address, by: 'key', proof: async () => ({ 'x-functions-key': known }) };
  const ready = way === undefined && environment['GUARDIAN_TOKEN'];
  const token = keptFor(async () => ready || tokenAt({ url: address, scope, way }, signIn), now);
  return { url: address, by: 'token', proof: async () => ({ authorization: `Bearer ${await token()}` }) };
};
