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

/** What the app says of its registration, whose client the page is. */
export type EntraSettings = { readonly authority: string; readonly clientId: string; readonly scope: string };

/** Where Entra sends people back to: letter by letter as the app registration has it. */
const PLACE = '/api/ui';

type Parts = { readonly client: IPublicClientApplication; readonly scopes: string[] };

const clientFor = ({ authority, clientId }: EntraSettings): Promise<IPublicClientApplication> => {
  const redirectUri = `${location.origin}${PLACE}`;
  return createStandardPublicClientApplication({
    auth: { clientId, authority, redirectUri, postLogoutRedirectUri: redirectUri },
    // As long as the tab, and in it alone: whoever has the machine next finds no token.
    cache: { cacheLocation: 'sessionStorage' },
  });
};

const orTrouble = <Value>(asked: Promise<Value>): Promise<Value> =>
  asked.catch((error: unknown) => {
    throw troubleOf(error);
  });

/**
 * Renewal goes by the refresh token alone: a hidden frame would need cookies that browsers keep from other sites, and the page lets
 * nobody frame it. When that token ends, after a day, people sign in again.
 */
const acquire = ({ client, scopes }: Parts, cacheLookupPolicy: CacheLookupPolicy): Promise<AuthenticationResult> => {
  const account = client.getActiveAccount();
  if (!account) return Promise.reject(new SignInFailed('needed'));
  return client.acquireTokenSilent({ scopes, account, cacheLookupPolicy }).catch((error: unknown) => {
    throw troubleOfRenewal(error);
  });
};

/** The roles of the token for the page itself are those that the app will see in the one for its doors: both are of one registration. */
const rolesOf = ({ idTokenClaims }: AccountInfo): SignedIn['roles'] =>
  ROLES.filter((role) => idTokenClaims?.roles?.includes(role));

type Proof = Guardian['proof'];

const proofFrom = ({ accessToken }: AuthenticationResult): Awaited<ReturnType<Proof>> => ({
  authorization: `Bearer ${accessToken}`,
});

const isNeeded = (error: unknown): boolean => error instanceof SignInFailed && error.trouble === 'needed';

const askPerson = ({ client, scopes }: Parts): Promise<void> =>
  orTrouble(client.loginRedirect({ scopes, prompt: 'select_account' }));

/** With a new token, whose roles are those of now. Where only the person can get one, the browser goes to where they do. */
const renewed = async (parts: Parts): Promise<SignedIn> => {
  try {
    return signedIn(parts, (await acquire(parts, CacheLookupPolicy.RefreshToken)).account);
  } catch (error) {
    if (isNeeded(error)) await askPerson(parts);
    throw error;
  }
};

/** Whoever this tab knows, as long as a token for them is to be had without asking. */
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
