import { SignInFailed } from './failed.ts';
import { ROLES, type SignedIn, type Way } from './signed-in.ts';

type Handed = { readonly token: string; readonly name: string; readonly roles: readonly string[] };

const isHanded = (value: unknown): value is Handed =>
  typeof value === 'object' && value !== null && 'token' in value && 'roles' in value;

/** A token for the person who has signed in at this path. Without a signed-in person the answer there is 401. */
const ask = async (place: string): Promise<Handed | undefined> => {
  const answer = await fetch(`${place}/token`, { cache: 'no-store' }).catch(() => {
    throw new SignInFailed('unreachable');
  });
  if (answer.status === 401) return undefined;
  const body: unknown = answer.ok ? await answer.json() : undefined;
  if (!isHanded(body)) throw new SignInFailed('refused', `${place}: ${answer.status}`);
  return body;
};

const orNeeded = (handed: Handed | undefined): Handed => {
  if (!handed) throw new SignInFailed('needed');
  return handed;
};

const leaveFor = (place: string): void =>
  location.assign(`${place}?back=${encodeURIComponent(location.pathname + location.hash)}`);

const signedIn = (place: string, { name, roles }: Handed): SignedIn => ({
  kind: 'person',
  name,
  roles: ROLES.filter((role) => roles.includes(role)),
  guardian: {
    url: '',
    by: 'token',
    proof: async () => ({ authorization: `Bearer ${orNeeded(await ask(place)).token}` }),
  },
  signInAgain: async () => leaveFor(place),
  refreshRights: async () => signedIn(place, orNeeded(await ask(place))),
  signOut: async () => {
    await fetch(`${place}/token`, { method: 'DELETE' });
    location.reload();
  },
});

/** A path of this origin, and no address of another one (`//host`, `/\host`). */
const isOwn = (place: string): boolean => /^\/[\w-]/.test(place);

/**
 * People sign in at a path of the page's own origin, where another service than Entra vouches for them; each request asks for a
 * new token.
 */
export const withHanded = (place: string): Way => {
  if (!isOwn(place)) throw new SignInFailed('refused', place);
  return {
    restore: async () => {
      const handed = await ask(place);
      return handed && signedIn(place, handed);
    },
    begin: async () => {
      leaveFor(place);
      return undefined;
    },
  };
};
