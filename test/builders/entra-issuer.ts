import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

export const TENANT = '99999999-9999-9999-9999-999999999999';
export const V2 = `https://login.microsoftonline.com/${TENANT}/v2.0`;
export const V1 = `https://sts.windows.net/${TENANT}/`;

export type Issuer = {
  /** Where its keys are fetched from; known once it is open. */
  jwksUrl(): string;
  open(): Promise<void>;
  close(): Promise<void>;
  /** An Authorization header with these claims, signed by the issuer, or by an attacker who uses its key id. */
  header(claims: JWTPayload, by?: 'issuer' | 'stranger'): Promise<string>;
};

/** Entra as far as a verifier sees it: keys behind a URL, and tokens signed with them. */
export const entraIssuer = async (): Promise<Issuer> => {
  const keys = {
    issuer: await generateKeyPair('RS256', { extractable: true }),
    stranger: await generateKeyPair('RS256', { extractable: true }),
  };
  const jwks = { keys: [{ ...(await exportJWK(keys.issuer.publicKey)), kid: 'entra', alg: 'RS256' }] };
  const server = http.createServer((_request, answer) => answer.end(JSON.stringify(jwks)));
  return {
    jwksUrl: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
    open: () => new Promise((resolve) => void server.listen(0, '127.0.0.1', resolve)),
    close: () => new Promise((resolve) => void server.close(() => resolve())),
    header: async (claims, by = 'issuer') => {
      const token = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: 'entra' })
        .sign(keys[by].privateKey);
      return `Bearer ${token}`;
    },
  };
};
