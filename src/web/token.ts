import type { JWTPayload } from 'jose';
import type { TokenSettings } from '../loop/guardian.ts';

/** A person, by Entra's object id. `name` is for the ledger's readers only. */
export type Person = { readonly objectId: string; readonly name: string; readonly roles: readonly string[] };

export type Proven =
  | { readonly kind: 'person'; readonly person: Person }
  | { readonly kind: 'refused'; readonly why: string };

type KeySet = Parameters<typeof import('jose')['jwtVerify']>[1];
const keySets = new Map<string, KeySet>();

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

const toPerson = (claims: JWTPayload): Proven => {
  const objectId = claims['oid'];
  if (typeof objectId !== 'string') return { kind: 'refused', why: 'the token names no object id (oid)' };
  // An application's token carries roles as well, but no delegated scope: an approval is a person's act.
  if (typeof claims['scp'] !== 'string') return { kind: 'refused', why: 'the token is not a person’s (no scp claim)' };
  const name = claims['preferred_username'] ?? claims['upn'] ?? claims['name'];
  return {
    kind: 'person',
    person: { objectId, name: typeof name === 'string' ? name : objectId, roles: strings(claims['roles']) },
  };
};

/**
 * Verifies a bearer token of Microsoft Entra by itself: signature, issuer, audience, times. No header of the platform is
 * trusted. Throws when Entra's keys cannot be fetched: that is not the sender's fault and must not look like a refusal.
 */
export const provePerson = async (authorization: string | undefined, settings: TokenSettings): Promise<Proven> => {
  const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  if (!token)
    return { kind: 'refused', why: 'no bearer token; send Authorization: Bearer <token of your own sign-in>' };
  const { createRemoteJWKSet, errors, jwtVerify } = await import('jose');
  const keys = keySets.get(settings.jwksUrl) ?? createRemoteJWKSet(new URL(settings.jwksUrl));
  keySets.set(settings.jwksUrl, keys);
  try {
    const { payload } = await jwtVerify(token, keys as Parameters<typeof jwtVerify>[1], {
      issuer: [...settings.issuers],
      audience: settings.audience,
      algorithms: ['RS256'],
      clockTolerance: 60,
    });
    return toPerson(payload);
  } catch (error) {
    const inToken = [
      errors.JWTClaimValidationFailed,
      errors.JWTExpired,
      errors.JWTInvalid,
      errors.JWSInvalid,
      errors.JWSSignatureVerificationFailed,
      errors.JWKSNoMatchingKey,
      errors.JOSEAlgNotAllowed,
    ];
    if (inToken.some((known) => error instanceof known)) return { kind: 'refused', why: (error as Error).message };
    throw error;
  }
};
