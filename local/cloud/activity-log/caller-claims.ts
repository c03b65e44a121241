import type { Caller } from '../caller.ts';

const SCHEMAS = 'http://schemas.microsoft.com/identity/claims';

/** The claims of a token as Event Grid and the activity log show them: names to text. */
export const callerClaims = ({ tenantId, objectId, appId, kind, name }: Caller): Record<string, string> => ({
  aud: 'https://management.core.windows.net/',
  iss: `https://sts.windows.net/${tenantId}/`,
  ...(appId ? { appid: appId } : {}),
  ipaddr: '20.200.0.1',
  [`${SCHEMAS}/objectidentifier`]: objectId,
  [`${SCHEMAS}/tenantid`]: tenantId,
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier': objectId,
  ...(kind === 'User'
    ? { name, 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn': `${name}@contoso.com` }
    : {}),
});
