import type { JWTPayload } from 'jose';
import type { TokenSettings } from '../loop/guardian.ts';
import { faultInToken } from './token-fault.ts';

/** A person, by the object id of Entra. `name` is only for readers of the ledger. */
export type Person = { readonly objectId: string; readonly name: string; readonly roles: readonly string[] };

export type Proven =
  | { readonly kind: 'person'; readonly person: Person; readonly claims: JWTPayload }
  | { readonly kind: 'refused'; readonly why: string };

type KeySet = Parameters<typeof import('jose')['jwtVerify']>[1];
const keySets = new Map<string, KeySet>();

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

/** A person may have chosen the name: it is shown in one line, and nothing is decided by it. */
const oneLine = (name: string): string => name.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ').slice(0, 200);

const toPerson = (claims: JWTPayload): Proven => {
  const objectId = claims['oid'];
  if (typeof objectId !== 'string') return { kind: 'refused', why: 'it names no object id (oid)' };
  // The token of an application has roles too, but no delegated scope (`scp`): an approval must come from a person.
  if (typeof claims['scp'] !== 'string')
    return {
      kind: 'refused',
      why: 'it is that of an application (no scp claim): an app may come by a key, a person by their own sign-in',
    };
  const name = claims['preferred_username'] ?? claims['upn'] ?? claims['name'];
  return {
    kind: 'person',
    claims,
    person: { objectId, name: typeof name === 'string' ? oneLine(name) : objectId, roles: strings(claims['roles']) },
  };
};

export type Verified =
  | { readonly kind: 'verified'; readonly claims: JWTPayload }
  | { readonly kind: 'refused'; readonly why: string };

/**
 * Verifies a bearer token of Microsoft Entra in this process: signature, issuer, audience, times. No header of the platform is
 * trusted (invariant `a-token-proves-a-person`). Throws when the keys of Entra cannot be fetched: the sender is not at fault
 * then, and the answer must not look like a refusal.
 */
export const verifyToken = async (authorization: string | undefined, settings: TokenSettings): Promise<Verified> => {
  const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  if (!token)
    return {
      kind: 'refused',
      why: 'there is no bearer token in it; send Authorization: Bearer <token of your own sign-in>',
    };
  const { createRemoteJWKSet, errors, jwtVerify } = await import('jose');
  const keys = keySets.get(settings.jwksUrl) ?? createRemoteJWKSet(new URL(settings.jwksUrl));
  keySets.set(settings.jwksUrl, keys);
  try {
    const { payload } = await jwtVerify(token, keys as Parameters<typeof jwtVerify>[1], {
      issuer: [...settings.issuers],
      audience: settings.audience,
      algorithms: ['RS256'],
      clockTolerance: 60,
      requiredClaims: ['exp'],
    });
    return { kind: 'verified', claims: payload };
  } catch (error) {
    const why = faultInToken(error, settings, errors);
    if (why !== undefined) return { kind: 'refused', why };
    throw error;
  }
};

/** The person of a token. Throws as `verifyToken` does. */
export const provePerson = async (authorization: string | undefined, settings: TokenSettings): Promise<Proven> => {
  const verified = await verifyToken(authorization, settings);
  return verified.kind === 'refused' ? verified : toPerson(verified.claims);
};
