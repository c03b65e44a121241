import {
  type AccountInfo,
  type AuthenticationResult,
  CacheLookupPolicy,
  createStandardPublicClientApplication,
  type IPublicClientApplication,
} from '@azure/msal-browser';
import type { Guardian } from '../../client/send.ts';
import { troubleOf, troubleOfRenewal } from './entra-trouble.ts';
import { SignInFailed } from './failed.ts';
import { inOne } from './renewal.ts';
import { ROLES, type SignedIn, type Way } from './signed-in.ts';

/** The app registration as the app describes it; the page is its client. */
export type EntraSettings = { readonly authority: string; readonly clientId: string; readonly scope: string };

/** The redirect URI of the page, letter by letter as in the app registration. */
const PLACE = '/api/ui';

type Parts = { readonly client: IPublicClientApplication; readonly scopes: string[] };

const clientFor = ({ authority, clientId }: EntraSettings): Promise<IPublicClientApplication> => {
  const redirectUri = `${location.origin}${PLACE}`;
  return createStandardPublicClientApplication({
    auth: { clientId, authority, redirectUri, postLogoutRedirectUri: redirectUri },
    // Tokens are kept as long as the tab is open, and in this tab alone: the next person at the machine finds none.
    cache: { cacheLocation: 'sessionStorage' },
  });
};

const orTrouble = <Value>(asked: Promise<Value>): Promise<Value> =>
  asked.catch((error: unknown) => {
    throw troubleOf(error);
  });

/**
 * Only the refresh token renews: a hidden frame would need cookies of another site, which browsers block, and the page forbids
 * framing. When the refresh token ends, after a day, people sign in again.
 */
const acquire = ({ client, scopes }: Parts, cacheLookupPolicy: CacheLookupPolicy): Promise<AuthenticationResult> => {
  const account = client.getActiveAccount();
  if (!account) return Promise.reject(new SignInFailed('needed'));
  return client.acquireTokenSilent({ scopes, account, cacheLookupPolicy }).catch((error: unknown) => {
    throw troubleOfRenewal(error);
  });
};

/** The roles in the token for the page. The token for the API has the same roles, since both belong to one registration. */
const rolesOf = ({ idTokenClaims }: AccountInfo): SignedIn['roles'] =>
  ROLES.filter((role) => idTokenClaims?.roles?.includes(role));

type Proof = Guardian['proof'];

const proofFrom = ({ accessToken }: AuthenticationResult): Awaited<ReturnType<Proof>> => ({
  authorization: `Bearer ${accessToken}`,
});

const isNeeded = (error: unknown): boolean => error instanceof SignInFailed && error.trouble === 'needed';

const askPerson = ({ client, scopes }: Parts): Promise<void> =>
  orTrouble(client.loginRedirect({ scopes, prompt: 'select_account' }));

/** Signs in with a new token, which has the present roles. Where only the person can get one, the browser goes to the sign-in. */
const renewed = async (parts: Parts): Promise<SignedIn> => {
  try {
    return signedIn(parts, (await acquire(parts, CacheLookupPolicy.RefreshToken)).account);
  } catch (error) {
    if (isNeeded(error)) await askPerson(parts);
    throw error;
  }
};

/** The person that this tab knows, as long as Entra issues a token for them without asking. */
const known = async (parts: Parts, account: AccountInfo): Promise<SignedIn | undefined> => {
  const there = signedIn(parts, account);
  try {
    await there.guardian.proof();
    return there;
  } catch (error) {
    if (isNeeded(error)) return undefined;
    throw error;
  }
};

const signedIn = (parts: Parts, account: AccountInfo): SignedIn => {
  const { client } = parts;
  client.setActiveAccount(account);
  return {
    kind: 'person',
    name: account.name ?? account.username,
    roles: rolesOf(account),
    guardian: {
      url: '',
      by: 'token',
      proof: () => acquire(parts, CacheLookupPolicy.AccessTokenAndRefreshToken).then(proofFrom),
      renewedProof: inOne(() => acquire(parts, CacheLookupPolicy.RefreshToken).then(proofFrom)),
    },
    signInAgain: () => askPerson(parts),
    refreshRights: () => renewed(parts),
    signOut: () => orTrouble(client.logoutRedirect({ account })),
  };
};

/** People sign in with Microsoft Entra, by the code flow with PKCE. */
export const withEntra = async (settings: EntraSettings): Promise<Way> => {
  const client = await orTrouble(clientFor(settings));
  const parts: Parts = { client, scopes: [settings.scope] };
  return {
    restore: async () => {
      const back = await orTrouble(client.handleRedirectPromise());
      const account = back?.account ?? client.getActiveAccount() ?? client.getAllAccounts()[0];
      return account ? known(parts, account) : undefined;
    },
    begin: async () => {
      await askPerson(parts);
      return undefined;
    },
  };
};
