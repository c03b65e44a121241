import type { GetClientSettings200 } from '../../client/api.ts';
import { SignInFailed } from './failed.ts';
import type { Way } from './signed-in.ts';

type Settings = NonNullable<GetClientSettings200['signIn']>;

/** The app says nothing of it: where the page is served by something that vouches for people by itself, that adds it. */
const handedBy = (settings: Settings & { readonly handedBy?: unknown }): string | undefined =>
  typeof settings.handedBy === 'string' ? settings.handedBy : undefined;

/** Whose client the page is, nobody knows: a key still opens it for reading. */
const NOBODYS: Way = {
  restore: async () => undefined,
  begin: () => Promise.reject(new SignInFailed('unnamed')),
};

/** How people sign in to this installation; `undefined` where only a key opens it. What that takes is loaded only where it is needed. */
export const wayFor = async ({ signIn }: GetClientSettings200): Promise<Way | undefined> => {
  if (!signIn) return undefined;
  const place = handedBy(signIn);
  if (place !== undefined) return (await import('./handed.ts')).withHanded(place);
  const { clientId } = signIn;
  if (clientId === undefined) return NOBODYS;
  return (await import('./entra.ts')).withEntra({ ...signIn, clientId });
};
