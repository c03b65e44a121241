import { exportJWK, type JWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { guid } from '../draw.ts';
import { rsaKeyPair } from '../kept-keys.ts';
import type { Principal, TokenVersion } from './entra.ts';

export type SigningRequest = {
  principal: Principal;
  audience: string;
  version: TokenVersion;
  /** Milliseconds. */
  now: number;
  seconds: number;
};

/** The key that signs all tokens. `verify` checks signature and times against `now` and throws jose's errors. */
export type Signer = {
  jwks: { keys: JWK[] };
  sign(request: SigningRequest): Promise<string>;
  verify(token: string, now: number): Promise<JWTPayload>;
};

const algorithm = 'RS256';

const make = async (): Promise<Signer> => {
  const { privateKey, publicKey } = rsaKeyPair('signer', 2048);
  const jwk = await exportJWK(publicKey);
  /** A client shows the same token with each of its requests. */
  const verified = new Map<string, JWTPayload>();
  const kid = guid('signing key', jwk.n ?? '').replaceAll('-', '');
  return {
    jwks: { keys: [{ ...jwk, kid, x5t: kid, use: 'sig', alg: algorithm }] },
    sign: ({ principal, audience, version, now, seconds }) => {
      const from = Math.floor(now / 1000);
      return new SignJWT(claims(principal, version))
        .setProtectedHeader({ typ: 'JWT', alg: algorithm, kid })
        .setIssuer(issuer(principal.tenantId, version))
        .setAudience(audience)
        .setIssuedAt(from)
        .setNotBefore(from)
        .setExpirationTime(from + seconds)
        .sign(privateKey);
    },
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

const claims = (principal: Principal, version: TokenVersion): JWTPayload => {
  const { objectId, tenantId, appId, kind, name, roles, resourceId } = principal;
  const app = kind === 'ServicePrincipal';
  return {
    oid: objectId,
    sub: objectId,
    tid: tenantId,
    ver: version,
    idtyp: app ? 'app' : 'user',
    ...(version === '1.0' ? { appid: appId ?? azureCli, appidacr: app ? '1' : '0' } : { azp: appId ?? azureCli }),
    ...(app
      ? {}
      : { name, upn: `${name}@example.com`, preferred_username: `${name}@example.com`, scp: 'user_impersonation' }),
    ...(roles.length > 0 ? { roles } : {}),
    ...(resourceId ? { xms_mirid: resourceId } : {}),
  };
};

/** People sign in through a client; this is the one of the Azure CLI. */
const azureCli = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';
