import { errors } from 'jose';
import { z } from 'zod';
import type { Caller } from '../caller.ts';
import type { Entra } from './entra.ts';
import { issuer, type Signer } from './signer.ts';

/** The result of reading an Authorization header. */
export type Verified =
  | { kind: 'caller'; caller: Caller }
  | { kind: 'missing' }
  | { kind: 'invalid'; why: string }
  | { kind: 'expired'; expiredAt: Date }
  | { kind: 'audience'; audience: string }
  | { kind: 'issuer'; issuer: string };

export type Verifier = (authorization: string | undefined, audiences: string[]) => Promise<Verified>;

const tokenClaims = z.object({
  iss: z.string(),
  aud: z.string(),
  oid: z.string(),
  tid: z.string(),
  idtyp: z.enum(['app', 'user']),
  appid: z.string().optional(),
  azp: z.string().optional(),
  roles: z.array(z.string()).default([]),
  scp: z.string().default(''),
  xms_mirid: z.string().optional(),
  xms_az_rid: z.string().optional(),
});

/** Checks signature, times (virtual), issuer and audience. */
export const createVerifier =
  (entra: Entra, signer: Signer, now: () => number): Verifier =>
  async (authorization, audiences) => {
    const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) return { kind: 'missing' };
    try {
      const claims = tokenClaims.parse(await signer.verify(token, now()));
      if (
        !entra
          .tenants()
          .flatMap((tenant) => issuers(tenant))
          .includes(claims.iss)
      ) {
        return { kind: 'issuer', issuer: claims.iss };
      }
      if (!audiences.includes(claims.aud)) return { kind: 'audience', audience: claims.aud };
      return { kind: 'caller', caller: callerOf(claims, entra) };
    } catch (error) {
      if (error instanceof errors.JWTExpired) {
        return { kind: 'expired', expiredAt: new Date(Number(error.payload.exp) * 1000) };
      }
      if (error instanceof errors.JOSEError || error instanceof z.ZodError)
        return { kind: 'invalid', why: error.message };
      throw error;
    }
  };

const issuers = (tenant: string): string[] => [issuer(tenant, '1.0'), issuer(tenant, '2.0')];

const callerOf = (claims: z.infer<typeof tokenClaims>, entra: Entra): Caller => {
  const appId = claims.appid ?? claims.azp;
  const from = claims.xms_az_rid ?? claims.xms_mirid;
  return {
    tenantId: claims.tid,
    objectId: claims.oid,
    ...(appId ? { appId } : {}),
    kind: claims.idtyp === 'app' ? 'ServicePrincipal' : 'User',
    roles: claims.roles,
    scopes: claims.scp.split(' ').filter(Boolean),
    name: entra.principal(claims.oid)?.name ?? claims.oid,
    ...(from ? { from } : {}),
  };
};
