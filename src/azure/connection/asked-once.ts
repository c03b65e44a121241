import type { TokenCredential } from '@azure/core-auth';

/**
 * A caller that asks for a token while another caller is asking for the same token shares that request. Every vault has
 * a client, and each client asks for a token of its own: a new worker would otherwise ask for as many tokens at once as
 * there are vaults. A caller that gives up does not end the wait of the others.
 */
export const askedOnce = (credential: TokenCredential): TokenCredential => {
  const asked = new Map<string, ReturnType<TokenCredential['getToken']>>();
  return {
    getToken: (scopes, { abortSignal: _own, ...options } = {}) => {
      const { tenantId, claims, enableCae } = options;
      const what = JSON.stringify([scopes, tenantId, claims, enableCae]);
      const answer = asked.get(what) ?? credential.getToken(scopes, options).finally(() => asked.delete(what));
      asked.set(what, answer);
      return answer;
    },
  };
};
