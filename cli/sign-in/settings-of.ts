import { getClientSettings } from '../../client/api.ts';
import { ENDPOINTS } from '../../infra/doctor/options.ts';
import { NotSignedIn } from '../failure.ts';
import { isThisMachine } from './this-machine.ts';

/** The data for a sign-in at an app. None of it is secret. */
export type SignInSettings = {
  readonly scope: string;
  readonly tenantId?: string;
  readonly authority?: string;
  readonly clientId?: string;
};

const NOBODY =
  'Nobody signs in to this app: it is not told whose tokens count (GUARDIAN_APPROVER_TENANT). Use a key of the function app: GUARDIAN_KEY in the environment, or --key.';

const HOSTS: readonly string[] = Object.values(ENDPOINTS).map(({ login }) => login);

/** People show their credentials only at Entra's own hosts or on this machine, and never at a host that an unknown app names. */
const isEntra = (authority: string): boolean => {
  const url = URL.parse(authority);
  return url !== null && (HOSTS.includes(url.origin) || isThisMachine(url.hostname));
};

const notEntra = (authority: string): string =>
  `What answers there wants you to sign in at '${authority}', which is no host of Microsoft Entra. Is the address of the function app right?`;

/** The settings that the app itself gives, or those for the given scope. */
export const settingsOf = async (url: string, scope: string | undefined): Promise<SignInSettings> => {
  if (scope) return { scope };
  const guardian = { url, by: 'token', proof: async () => ({}) } as const;
  const { signIn } = await getClientSettings({ guardian });
  if (!signIn) throw new NotSignedIn(NOBODY);
  if (!isEntra(signIn.authority)) throw new NotSignedIn(notEntra(signIn.authority));
  return signIn;
};
