import type { GetClientSettings200 } from '../../client/api.ts';
import { SignInFailed } from './failed.ts';
import type { Way } from './signed-in.ts';

type Settings = NonNullable<GetClientSettings200['signIn']>;

/**
 * The path of another service that vouches for people. The app itself never names one: a service in front of the page adds it to
 * the settings.
 */
const handedBy = (settings: Settings & { readonly handedBy?: unknown }): string | undefined =>
  typeof settings.handedBy === 'string' ? settings.handedBy : undefined;

/** Without a registration people cannot sign in: a key still opens the page for reading. */
const NOBODYS: Way = {
  restore: async () => undefined,
  begin: () => Promise.reject(new SignInFailed('unnamed')),
};

/** The way to sign in at this installation; `undefined` where only a key opens it. Its code is loaded only where it is needed. */
export const wayFor = async ({ signIn }: GetClientSettings200): Promise<Way | undefined> => {
  if (!signIn) return undefined;
  const place = handedBy(signIn);
  if (place !== undefined) return (await import('./handed.ts')).withHanded(place);
  const { clientId } = signIn;
  if (clientId === undefined) return NOBODYS;
  return (await import('./entra.ts')).withEntra({ ...signIn, clientId });
};
