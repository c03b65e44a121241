import type { errors, JWTPayload } from 'jose';
import type { TokenSettings } from '../loop/guardian.ts';
import { command } from '../remediation/model/command.ts';

type Errors = typeof errors;

/** Somebody outside chooses the names in a token: so they are shown in one line of limited length. */
const shown = (value: unknown): string =>
  (Array.isArray(value) ? value.map(String).join(', ') : String(value)).replaceAll(/[^\x20-\x7e]/g, ' ').slice(0, 200);

/** Seconds since 1970 as a readable time. */
const instant = (seconds: unknown): string => {
  const at = new Date(Number(seconds) * 1_000);
  return Number.isNaN(at.getTime()) ? 'an instant that nobody can read' : `${at.toISOString().slice(0, 16)}Z`;
};

const tenantIn = (issuer: unknown): string | undefined =>
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i.exec(String(issuer))?.[0];

const ofIssuer = ({ iss }: JWTPayload, { tenantId }: TokenSettings): string => {
  const tenant = tenantIn(shown(iss));
  const other = tenant === undefined || tenant === tenantId ? `issued by ${shown(iss)}` : `of the tenant ${tenant}`;
  return `it is ${other}, this API takes those of ${tenantId}: ${command('az login', { tenant: tenantId })}`;
};

const IN_CLAIM: Readonly<Record<string, (claims: JWTPayload, settings: TokenSettings) => string>> = {
  exp: ({ exp }) =>
    exp === undefined
      ? 'it never expires, and such a token is not taken'
      : `it expired at ${instant(exp)}: sign in again`,
  nbf: ({ nbf }) => `it is not valid before ${instant(nbf)}: compare the clock of who issued it`,
  aud: ({ aud }, { audience }) =>
    `it is issued for ${shown(aud)}, this API is ${audience}: ${command('az account get-access-token', { resource: audience })}`,
  iss: ofIssuer,
};

/**
 * The fault of a token, in words that say what to do; `undefined` where the error is not the token's. The library jose verifies
 * the signature first: a claim that is repeated here was signed by Entra.
 */
export const faultInToken = (error: unknown, settings: TokenSettings, known: Errors): string | undefined => {
  if (error instanceof known.JWTExpired || error instanceof known.JWTClaimValidationFailed) {
    const { claim, payload } = error;
    return IN_CLAIM[claim]?.(payload, settings) ?? `its claim ${shown(claim)} is not as it must be`;
  }
  if (error instanceof known.JWKSNoMatchingKey)
    return `it is signed by a key that the tenant ${settings.tenantId} does not have: ${command('az login', { tenant: settings.tenantId })}`;
  if (error instanceof known.JWKSMultipleMatchingKeys)
    return 'it does not say by which key it is signed (kid), as tokens of Entra do';
  // Only RSA keys are used, and only RS256 is accepted: the one reason that is left is a `crit` header of the token (RFC 7515).
  if (error instanceof known.JOSENotSupported) return 'it demands what no token of Entra does (crit)';
  if (error instanceof known.JWSSignatureVerificationFailed) return 'its signature is not that of Entra';
  if (error instanceof known.JOSEAlgNotAllowed) return 'it is not signed by RS256, as tokens of Entra are';
  return error instanceof known.JWTInvalid || error instanceof known.JWSInvalid
    ? 'it is no token that can be read: send the whole of it, without quotation marks'
    : undefined;
};
