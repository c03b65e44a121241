import type { Answer } from '../service.ts';
import type { TokenVersion } from './entra.ts';
import { issuer } from './signer.ts';

export const loginHost = 'https://login.microsoftonline.com';

/** OpenID Connect Discovery 1.0 of a tenant. */
export const openIdConfiguration = (tenant: string, version: TokenVersion): Answer => {
  const v2 = version === '2.0' ? '/v2.0' : '';
  return {
    status: 200,
    body: {
      issuer: issuer(tenant, version),
      authorization_endpoint: `${loginHost}/${tenant}/oauth2${v2}/authorize`,
      token_endpoint: `${loginHost}/${tenant}/oauth2${v2}/token`,
      end_session_endpoint: `${loginHost}/${tenant}/oauth2${v2}/logout`,
      jwks_uri: `${loginHost}/${tenant}/discovery${v2}/keys`,
      response_modes_supported: ['query', 'fragment'],
      response_types_supported: ['code'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
      cloud_instance_name: 'microsoftonline.com',
      tenant_region_scope: null,
    },
  };
};

/** Instance discovery, which MSAL asks for before it trusts an authority. */
export const instance = (tenant: string): Answer => ({
  status: 200,
  body: {
    tenant_discovery_endpoint: `${loginHost}/${tenant}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [
      {
        preferred_network: 'login.microsoftonline.com',
        preferred_cache: 'login.windows.net',
        aliases: ['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
      },
    ],
  },
});
