import type { Incoming } from '../incoming.ts';
import type { Answer } from '../service.ts';
import type { Entra, TokenVersion } from './entra.ts';
import { loginRefusal } from './login-refusal.ts';
import { TokenRefused } from './token-claims.ts';

/** RFC 6749 section 4.4; errors as Entra words them (AADSTS codes). */
export const clientCredentials = async (
  entra: Entra,
  incoming: Incoming,
  tenant: string,
  version: TokenVersion,
): Promise<Answer> => {
  const form = new URLSearchParams(incoming.text);
  if (form.get('grant_type') !== 'client_credentials') {
    return loginRefusal(400, 'unsupported_grant_type', 'AADSTS70003: The app requested an unsupported grant type.');
  }
  const clientId = form.get('client_id') ?? '';
  const app = entra.principals().find((each) => each.appId === clientId && each.tenantId === tenant);
  if (!app || app.resourceId) {
    const message = `AADSTS700016: Application with identifier '${clientId}' was not found in the directory '${tenant}'.`;
    return loginRefusal(400, 'unauthorized_client', message);
  }
  if (!entra.proves(app.objectId, form.get('client_secret') ?? '')) {
    return loginRefusal(401, 'invalid_client', 'AADSTS7000215: Invalid client secret provided.');
  }
  const audience = version === '2.0' ? resourceIn(form.get('scope') ?? '') : form.get('resource');
  if (!audience)
    return loginRefusal(400, 'invalid_request', 'AADSTS900144: The request body must contain the parameter: scope.');
  try {
    const access_token = await entra.issue({ principal: app, audience });
    return { status: 200, body: { token_type: 'Bearer', expires_in: 3600, ext_expires_in: 3600, access_token } };
  } catch (error) {
    if (error instanceof TokenRefused) return loginRefusal(400, error.error, error.message);
    throw error;
  }
};

/**
 * The resource of `{resource}/.default`. The clients of Go also ask for `openid offline_access profile`, which have no effect
 * here.
 */
const resourceIn = (scopes: string): string | undefined => {
  const asked = scopes
    .split(' ')
    .filter((scope) => !['openid', 'offline_access', 'profile', 'email', ''].includes(scope));
  return asked[0]?.replace(/\/\.default$/, '');
};
