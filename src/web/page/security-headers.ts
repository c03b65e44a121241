import type { TokenSettings } from '../../loop/guardian.ts';

/** The host where people sign in, as an origin; empty where there is no sign-in. */
const signInHost = (tokens: Pick<TokenSettings, 'authorizeUrl'> | undefined): readonly string[] =>
  tokens ? [new URL(tokens.authorizeUrl).origin] : [];

/** SHA-256 of the empty text: the library Fluent adds an empty style element to the page, and adds its rules by script. */
const EMPTY = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/**
 * The content security policy. The page runs and styles itself by its own files only, and connects only to the app and to the
 * host where people sign in. No inline script runs, and no inline style counts.
 */
const policy = (tokens: Pick<TokenSettings, 'authorizeUrl'> | undefined): string => {
  const host = signInHost(tokens);
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' ${EMPTY}`,
    "img-src 'self'",
    ['connect-src', "'self'", ...host].join(' '),
    ['frame-src', ...(host.length > 0 ? host : ["'none'"])].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
};

export const securityHeaders = (
  tokens: Pick<TokenSettings, 'authorizeUrl'> | undefined,
): Readonly<Record<string, string>> => ({
  'content-security-policy': policy(tokens),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
});
