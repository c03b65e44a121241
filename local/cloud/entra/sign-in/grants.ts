import { randomBytes } from 'node:crypto';
import type { AuthorizeRequest, ClientType } from './authorize-request.ts';

/** The access that a person has granted to an application. */
export type Grant = {
  readonly clientId: string;
  readonly clientType: ClientType;
  readonly principalId: string;
  readonly resource: string;
  readonly values: readonly string[];
  readonly names: readonly string[];
  readonly stays: boolean;
  readonly nonce: string | undefined;
  readonly session: string;
  readonly wantsClientInfo: boolean;
  /** When the person signed in. Milliseconds. */
  readonly at: number;
};

export type Code = {
  readonly grant: Grant;
  readonly redirectUri: string;
  readonly challenge: string | undefined;
  readonly expiresAt: number;
  redeemed: boolean;
};

export type RefreshToken = { readonly grant: Grant; readonly expiresAt: number };

/** Codes and refresh tokens. Only Entra can read them. Times are milliseconds of the world's clock. */
export type Grants = {
  issueCode(request: AuthorizeRequest, principalId: string, session: string): string;
  code(text: string): Code | undefined;
  issueRefreshToken(grant: Grant): string;
  refreshToken(text: string): RefreshToken | undefined;
};

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow: "typically, they expire after about 10 minutes". */
const CODE_LIFE = 10 * MINUTE;

/**
 * https://learn.microsoft.com/entra/identity-platform/refresh-tokens: 24 hours for single page apps, from the sign-in on; 90 days
 * for others.
 */
export const REFRESH_LIFE: Readonly<Record<ClientType, number>> = { spa: DAY, web: 90 * DAY };

const opaque = (kind: string): string => `${kind}.${randomBytes(48).toString('base64url')}`;

export const createGrants = (now: () => number): Grants => {
  const codes = new Map<string, Code>();
  const refreshTokens = new Map<string, RefreshToken>();
  return {
    issueCode: ({ client, clientType, back, scopes, challenge, nonce, wantsClientInfo }, principalId, session) => {
      const text = opaque('1.code');
      const grant: Grant = {
        ...{ clientType, principalId, nonce, session, wantsClientInfo, at: now(), clientId: client.appId },
        ...scopes,
      };
      const { redirectUri } = back;
      codes.set(text, { grant, redirectUri, challenge, expiresAt: now() + CODE_LIFE, redeemed: false });
      return text;
    },
    code: (text) => codes.get(text),
    issueRefreshToken: (grant) => {
      const text = opaque('1.refresh');
      refreshTokens.set(text, { grant, expiresAt: grant.at + REFRESH_LIFE[grant.clientType] });
      return text;
    },
    refreshToken: (text) => refreshTokens.get(text),
  };
};
