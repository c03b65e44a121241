import type { TokenSettings } from '../loop/guardian.ts';
import type { Door } from './door.ts';
import { VERSION } from './version.ts';

/** An audience is the client id of the registration, or the URI that Azure gives it by that. */
const BY_CLIENT_ID = /^(?:api:\/\/)?([0-9a-f-]{36})$/i;

/**
 * How a client asks for a token. The page is a client of the very registration that its tokens are for: Entra gives it one only where
 * it names that by its client id, not by a URI (AADSTS90009).
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

/** GET: what a client has to know before anybody has signed in. None of it is a secret. */
export const getClientSettings: Door = async (_request, { settings }) => {
  const { tokens } = settings.approval;
  return { status: 200, body: { version: VERSION, ...(tokens && { signIn: signInOf(tokens) }) } };
};
