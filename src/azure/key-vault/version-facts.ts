import { createHash } from 'node:crypto';
import type { Key } from '@azure/arm-keyvault';
import type { JsonWebKey } from '@azure/keyvault-keys';
import type { KeyVersionFacts } from '../../remediation/model/facts.ts';

type Times = Pick<KeyVersionFacts, 'createdOn' | 'notBefore' | 'expiresOn' | 'updatedOn'>;

const times = (created?: Date, notBefore?: Date, expires?: Date, updated?: Date): Times => ({
  createdOn: created?.toISOString() ?? '',
  ...(notBefore ? { notBefore: notBefore.toISOString() } : {}),
  ...(expires ? { expiresOn: expires.toISOString() } : {}),
  ...(updated ? { updatedOn: updated.toISOString() } : {}),
});

/** Both planes give times in seconds since 1970. A time that is null is none. */
const seconds = (value: number | null | undefined): Date | undefined =>
  value === undefined || value === null ? undefined : new Date(value * 1_000);

const lastSegment = (id: string): string => (id.split('/').at(-1) ?? '').toLowerCase();

type PublicPart = Pick<JsonWebKey, 'n' | 'x' | 'y'>;

/** SHA-256 of the modulus of an RSA key, or of the point of a key on a curve: no other version has the same hash. */
export const materialOf = ({ n, x, y }: PublicPart = {}): { readonly material?: string } => {
  const parts = [n, x, y].filter((part) => part !== undefined);
  if (parts.length === 0) return {};
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return { material: hash.digest('hex') };
};

/** A key of the data plane, as sent. Times are seconds since 1970; members of the key material are base64url. */
export type KeyBundle = {
  readonly key: {
    readonly kid?: string;
    readonly kty?: string;
    readonly key_ops?: readonly string[];
    readonly n?: string;
    readonly x?: string;
    readonly y?: string;
  };
  readonly attributes?: {
    readonly enabled?: boolean;
    readonly created?: number | null;
    readonly updated?: number | null;
    readonly nbf?: number | null;
    readonly exp?: number | null;
    readonly recoveryLevel?: string;
    readonly exportable?: boolean;
  };
  readonly tags?: Readonly<Record<string, string>>;
};

const bytes = (text: string | undefined): Buffer | undefined => (text ? Buffer.from(text, 'base64url') : undefined);

/** The public part of a key's material, of the members that the key has. */
const publicPart = ({ n, x, y }: KeyBundle['key']): PublicPart =>
  Object.fromEntries(
    Object.entries({ n: bytes(n), x: bytes(x), y: bytes(y) }).filter(([, part]) => part !== undefined),
  );

/**
 * A version as the data plane shows it. The size of an RSA key is the length of its modulus.
 * @throws TypeError for an answer that names no key: it says of none that it is disabled.
 */
export const fromDataPlane = ({ key, attributes, tags }: KeyBundle): KeyVersionFacts => {
  if (!key.kid) throw new TypeError('it names no key');
  const material = publicPart(key);
  const { created, enabled, exp, exportable, nbf, recoveryLevel, updated } = attributes ?? {};
  return {
    kid: key.kid,
    version: lastSegment(key.kid),
    enabled: enabled === true,
    ...times(seconds(created), seconds(nbf), seconds(exp), seconds(updated)),
    keyType: key.kty ?? '',
    ...(material.n ? { keySize: material.n.length * 8 } : {}),
    ...(recoveryLevel ? { recoveryLevel } : {}),
    ...(key.key_ops ? { operations: [...key.key_ops] } : {}),
    ...(exportable === true && { isExportable: true }),
    ...materialOf(material),
    tags: tags ?? {},
  };
};

/** A version as the control plane shows it. */
export const fromControlPlane = ({
  attributes,
  keyOps,
  keySize,
  keyUriWithVersion,
  kty,
  tags,
}: Key): KeyVersionFacts => ({
  kid: keyUriWithVersion ?? '',
  version: lastSegment(keyUriWithVersion ?? ''),
  enabled: attributes?.enabled === true,
  ...times(
    seconds(attributes?.created),
    seconds(attributes?.notBefore),
    seconds(attributes?.expires),
    seconds(attributes?.updated),
  ),
  keyType: kty ?? '',
  ...(keySize === undefined ? {} : { keySize }),
  ...(attributes?.recoveryLevel ? { recoveryLevel: attributes.recoveryLevel } : {}),
  ...(keyOps ? { operations: keyOps } : {}),
  ...(attributes?.exportable === true && { isExportable: true }),
  tags: tags ?? {},
});
