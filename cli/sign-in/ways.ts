import type { TokenCredential } from '@azure/identity';
import { NotSignedIn } from '../failure.ts';
import type { SignInSettings } from './settings-of.ts';

/** The ways to sign in. Without a choice: the credentials that `DefaultAzureCredential` finds, also those of `az login`. */
export const WAYS = ['azure-cli', 'device-code', 'browser', 'managed-identity', 'environment'] as const;
export type Way = (typeof WAYS)[number];

type Making = Omit<SignInSettings, 'scope'> & { readonly say: (text: string) => void };

const credentialOf = async (
  way: Way | undefined,
  { say, tenantId, authority, clientId }: Making,
): Promise<TokenCredential> => {
  const identity = await import('@azure/identity');
  const options = {
    ...(tenantId && { tenantId }),
    ...(authority && { authorityHost: new URL(authority).origin }),
  };
  const asWhom = clientId ? { ...options, clientId } : options;
  switch (way) {
    case 'azure-cli':
      return new identity.AzureCliCredential(options);
    case 'device-code':
      return new identity.DeviceCodeCredential({ ...asWhom, userPromptCallback: ({ message }) => say(message) });
    case 'browser':
      return new identity.InteractiveBrowserCredential(asWhom);
    case 'managed-identity':
      return new identity.ManagedIdentityCredential();
    case 'environment':
      return new identity.EnvironmentCredential(options);
    default:
      return new identity.DefaultAzureCredential(options);
  }
};

const HINT =
  'Sign in with az login, or choose another way (--sign-in device-code), or use a key of the function app (GUARDIAN_KEY).';

const firstLine = (error: unknown): string =>
  error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);

/** A token for the API, by this way to sign in. */
export const signInBy =
  (say: (text: string) => void) =>
  async (way: Way | undefined, { scope, ...settings }: SignInSettings): Promise<string> => {
    try {
      const credential = await credentialOf(way, { ...settings, say });
      const token = await credential.getToken(scope);
      if (token) return token.token;
    } catch (error) {
      throw new NotSignedIn(`Nobody is signed in: ${firstLine(error)} ${HINT}`);
    }
    throw new NotSignedIn(`Nobody is signed in. ${HINT}`);
  };
