import { exportJWK, type JWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { guid } from '../draw.ts';
import { rsaKeyPair } from '../kept-keys.ts';
import type { Principal, TokenVersion } from './entra.ts';
import { AZURE_CLI } from './first-party.ts';

export type SigningRequest = {
  principal: Principal;
  audience: string;
  version: TokenVersion;
  /** Milliseconds. */
  now: number;
  seconds: number;
  /** Scopes of a person's token; `user_impersonation` when left out. */
  scopes?: string[];
  holder?: string | undefined;
  /** Client id of the application through which a person asks; the Azure CLI's when left out. */
  client?: string | undefined;
};

/** OpenID Connect: an id token, which shows an application (the audience) the person that has signed in. */
export type IdTokenRequest = Pick<SigningRequest, 'principal' | 'audience' | 'now' | 'seconds'> & {
  nonce: string | undefined;
  session: string;
  /** The roles of the person in that application. */
  roles: readonly string[];
};

/** The key that signs all tokens. `verify` checks signature and times against `now` and throws jose's errors. */
export type Signer = {
  jwks: { keys: JWK[] };
  sign(request: SigningRequest): Promise<string>;
  signIdToken(request: IdTokenRequest): Promise<string>;
  verify(token: string, now: number): Promise<JWTPayload>;
};

const algorithm = 'RS256';

const make = async (): Promise<Signer> => {
  const { privateKey, publicKey } = rsaKeyPair('signer', 2048);
  const jwk = await exportJWK(publicKey);
  /** A client shows the same token with each of its requests. */
  const verified = new Map<string, JWTPayload>();
  const kid = guid('signing key', jwk.n ?? '').replaceAll('-', '');
  const signed = (body: JWTPayload, from: number, seconds: number): Promise<string> =>
    new SignJWT(body)
      .setProtectedHeader({ typ: 'JWT', alg: algorithm, kid })
      .setIssuedAt(from)
      .setNotBefore(from)
      .setExpirationTime(from + seconds)
      .sign(privateKey);
  return {
    jwks: { keys: [{ ...jwk, kid, x5t: kid, use: 'sig', alg: algorithm }] },
    sign: (request) => {
      const { principal, audience, version, now, seconds, holder } = request;
      const whose = { iss: issuer(principal.tenantId, version), aud: audience, ...(holder && { xms_az_rid: holder }) };
      return signed({ ...whose, ...claims(request) }, Math.floor(now / 1000), seconds);
    },
    signIdToken: (request) => signed(idClaims(request), Math.floor(request.now / 1000), request.seconds),
    verify: async (token, now) => {
      const known = verified.get(token);
      if (known && isTimely(known, now)) return known;
      const { payload } = await jwtVerify(token, publicKey, { algorithms: [algorithm], currentDate: new Date(now) });
      verified.set(token, payload);
      return payload;
    },
  };
};

const isTimely = ({ nbf = 0, exp = 0 }: JWTPayload, now: number): boolean => {
  const seconds = Math.floor(now / 1000);
  return nbf <= seconds && seconds < exp;
};

let signer: Promise<Signer> | undefined;

/** One key per process: making it costs 0.2 s, and a token of one world may be shown to another. */
export const sharedSigner = (): Promise<Signer> => {
  signer ??= make();
  return signer;
};

export const issuer = (tenantId: string, version: TokenVersion): string =>
  version === '1.0' ? `https://sts.windows.net/${tenantId}/` : `https://login.microsoftonline.com/${tenantId}/v2.0`;

const accountClaims = ({ name }: Principal): JWTPayload => ({ name, preferred_username: `${name}@example.com` });

const idClaims = ({ principal, audience, nonce, session, roles }: IdTokenRequest): JWTPayload => ({
  iss: issuer(principal.tenantId, '2.0'),
  aud: audience,
  oid: principal.objectId,
  sub: principal.objectId,
  tid: principal.tenantId,
  ver: '2.0',
  sid: session,
  ...accountClaims(principal),
  ...(nonce !== undefined && { nonce }),
  ...(roles.length > 0 && { roles }),
});

const claims = ({ principal, version, client, scopes = ['user_impersonation'] }: SigningRequest): JWTPayload => {
  const { objectId, tenantId, appId, kind, name, roles, resourceId } = principal;
  const app = kind === 'ServicePrincipal';
  const through = appId ?? client ?? AZURE_CLI.appId;
  return {
    oid: objectId,
    sub: objectId,
    tid: tenantId,
    ver: version,
    idtyp: app ? 'app' : 'user',
    ...(version === '1.0' ? { appid: through, appidacr: app ? '1' : '0' } : { azp: through }),
    ...(app ? {} : { ...accountClaims(principal), upn: `${name}@example.com`, scp: scopes.join(' ') }),
    ...(roles.length > 0 ? { roles } : {}),
    ...(resourceId ? { xms_mirid: resourceId } : {}),
  };
};
