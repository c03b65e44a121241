import { createHash } from 'node:crypto';
import type { Key } from '@azure/arm-keyvault';
import type { JsonWebKey, KeyVaultKey } from '@azure/keyvault-keys';
import type { KeyVersionFacts } from '../../remediation/model/facts.ts';

type Times = Pick<KeyVersionFacts, 'createdOn' | 'notBefore' | 'expiresOn' | 'updatedOn'>;

const times = (created?: Date, notBefore?: Date, expires?: Date, updated?: Date): Times => ({
  createdOn: created?.toISOString() ?? '',
  ...(notBefore ? { notBefore: notBefore.toISOString() } : {}),
  ...(expires ? { expiresOn: expires.toISOString() } : {}),
  ...(updated ? { updatedOn: updated.toISOString() } : {}),
});

/** Control-plane times are seconds since 1970. */
const seconds = (value: number | undefined): Date | undefined =>
  value === undefined ? undefined : new Date(value * 1_000);

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

/** A version as the data plane shows it. The size of an RSA key is the length of its modulus. */
export const fromDataPlane = ({ id, key, keyOperations, keyType, properties }: KeyVaultKey): KeyVersionFacts => ({
  kid: id ?? '',
  version: lastSegment(id ?? ''),
  enabled: properties.enabled === true,
  ...times(properties.createdOn, properties.notBefore, properties.expiresOn, properties.updatedOn),
  keyType: keyType ?? '',
  ...(key?.n ? { keySize: key.n.length * 8 } : {}),
  ...(properties.recoveryLevel ? { recoveryLevel: properties.recoveryLevel } : {}),
  ...(keyOperations ? { operations: keyOperations } : {}),
  ...(properties.exportable === true && { isExportable: true }),
  ...materialOf(key),
  tags: properties.tags ?? {},
});

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
