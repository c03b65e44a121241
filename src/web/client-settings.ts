import type { TokenSettings } from '../loop/guardian.ts';
import type { Door } from './door.ts';
import { VERSION } from './version.ts';

/** An audience is the client id of the app registration, or the default URI that Azure makes from that id. */
const BY_CLIENT_ID = /^(?:api:\/\/)?([0-9a-f-]{36})$/i;

/**
 * How a client asks for a token. The page uses the same app registration that its tokens are for: Entra then issues a token only
 * for the client id, and not for a URI (AADSTS90009).
 */
const signInOf = ({ tenantId, audience, authorizeUrl }: TokenSettings) => {
  const [, clientId] = BY_CLIENT_ID.exec(audience) ?? [];
  return {
    tenantId,
    authority: `${new URL(authorizeUrl).origin}/${tenantId}`,
    audience,
    scope: `${clientId ?? audience}/.default`,
    ...(clientId !== undefined && { clientId }),
  };
};

/** GET: the settings that a client needs before anybody has signed in. None of them is a secret. */
export const getClientSettings: Door = async (_request, { settings }) => {
  const { tokens } = settings.approval;
  return { status: 200, body: { version: VERSION, ...(tokens && { signIn: signInOf(tokens) }) } };
};
