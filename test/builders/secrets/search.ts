/** A text of the product, and its place: `table guardiankeys`, `what the app said`. */
export type Written = { readonly place: string; readonly text: string };

/** A secret of this app, and its kind. */
export type Secret = { readonly kind: string; readonly value: string };

/** Secrets of any origin, by their shape. A name alone (`x-functions-key`, `AccountKey`) is no secret. */
const SHAPES: readonly (readonly [string, RegExp])[] = [
  ['a token', /\beyJ[\w-]{16,}/],
  // A challenge has parameters behind this word, and no token.
  ['a bearer header', /\bBearer\s+(?!\w+=\\*")[\w.~+/-]{12,}/i],
  ['an account key', /\bAccountKey=[\w+/]{12,}/i],
  ['a shared access signature', /\bSharedAccess(?:Signature|Key)=[^\s;]{12,}/i],
  ['the signature of a URL', /[?&]sig=[\w%+/-]{8,}/i],
  ['the key in a URL', /[?&]code=[\w%+/=-]{8,}/i],
  ['a key of the host', /\bx-functions-key["'\\]*\s*[:=]\s*["'\\]*[\w=/+-]{8,}/i],
  ['the secret of an identity', /\bx-identity-header["'\\]*\s*[:=]\s*["'\\]*[\w-]{8,}/i],
  ['a private key', /-----BEGIN (?:RSA |EC )?PRIVATE KEY-----/],
  ['the private part of a key', /"(?:d|dp|dq|qi|p|q)"\s*:\s*"[\w-]{40,}"/],
  ['a password in a URL', /\bhttps?:\/\/[^\s/@"']+:[^\s/@"']+@/i],
];

/** Shorter than this, a value would be found by chance. */
const LEAST_CHARACTERS = 12;
const AROUND = 40;

/** The text before the secret; never the secret itself. */
const before = (text: string, at: number): string => text.slice(Math.max(0, at - AROUND), at).replace(/\s+/g, ' ');

const inText = ({ place, text }: Written, secrets: readonly Secret[]): readonly string[] => {
  const shapes = SHAPES.map(([kind, shape]) => ({ kind, at: text.search(shape) }));
  const values = secrets.map(({ kind, value }) => ({ kind, at: text.indexOf(value) }));
  return [...shapes, ...values]
    .filter(({ at }) => at >= 0)
    .map(({ kind, at }) => `${kind} in ${place}, after "${before(text, at)}"`);
};

/** A sentence for each kind of secret in each place; none where there is no secret. */
export const secretsIn = (written: readonly Written[], secrets: readonly Secret[]): readonly string[] => {
  const known = secrets.filter(({ value }) => value.length >= LEAST_CHARACTERS);
  return [...new Set(written.flatMap((one) => inText(one, known)))];
};
