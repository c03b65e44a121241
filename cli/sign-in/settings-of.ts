import { getClientSettings } from '../../client/api.ts';
import { NotSignedIn } from '../failure.ts';

/** What has to be known to sign in to an app. None of it is secret. */
export type SignInSettings = {
  readonly scope: string;
  readonly tenantId?: string;
  readonly authority?: string;
  readonly clientId?: string;
};

const NOBODY =
  'Nobody signs in to this app: it is not told whose tokens count (GUARDIAN_APPROVER_TENANT). Use a key of the function app: GUARDIAN_KEY in the environment, or --key.';

/** As the app itself tells it, or for the scope that was given. */
export const settingsOf = async (url: string, scope: string | undefined): Promise<SignInSettings> => {
  if (scope) return { scope };
  const guardian = { url, by: 'token', proof: async () => ({}) } as const;
  const { signIn } = await getClientSettings({ guardian });
  if (!signIn) throw new NotSignedIn(NOBODY);
  return signIn;
};
