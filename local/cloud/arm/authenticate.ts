import type { Caller } from '../caller.ts';
import type { Verified } from '../entra/verify-token.ts';
import { AzureError } from './error.ts';

/** Audiences that Azure Resource Manager takes. */
export const armAudiences = ['https://management.core.windows.net', 'https://management.azure.com'].flatMap((host) => [
  `${host}/`,
  host,
]);

/** The caller, or the 401 in Azure Resource Manager's own words. */
export const armCaller = (verified: Verified, now: Date): Caller => {
  switch (verified.kind) {
    case 'caller':
      return verified.caller;
    case 'missing':
      throw unauthorized('AuthenticationFailed', "Authentication failed. The 'Authorization' header is missing.");
    case 'expired':
      throw unauthorized(
        'ExpiredAuthenticationToken',
        `The access token expiry UTC time '${verified.expiredAt.toISOString()}' is earlier than current UTC time '${now.toISOString()}'.`,
      );
    case 'audience':
      throw unauthorized(
        'InvalidAuthenticationTokenAudience',
        `The access token has been obtained for wrong audience or resource '${verified.audience}'. It should exactly match with one of the allowed audiences '${armAudiences.join("','")}'.`,
      );
    case 'issuer':
      throw unauthorized(
        'InvalidAuthenticationTokenTenant',
        `The access token is from the wrong issuer '${verified.issuer}'. It must match one of the tenants associated with this subscription.`,
      );
    case 'invalid':
      throw unauthorized('InvalidAuthenticationToken', 'The access token is invalid.');
  }
};

const unauthorized = (code: string, message: string): AzureError =>
  new AzureError(401, code, message, {
    headers: {
      'www-authenticate': `Bearer authorization_uri="https://login.microsoftonline.com/", error="invalid_token", error_description="${message.replaceAll('"', '')}"`,
    },
  });
