import type { TokenCredential } from '@azure/core-auth';

/**
 * Who asks for a token that somebody is asking for already waits for that one. Every vault has a client, and each client asks for itself: a
 * worker that began would else ask for as many tokens at once as there are vaults. Whoever gives up ends nobody's wait but his own.
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
