import type { Key } from '@azure/arm-keyvault';
import type { KeyVaultKey } from '@azure/keyvault-keys';
import type { KeyVersionFacts } from '../../remediation/model/facts.ts';

type Times = Pick<KeyVersionFacts, 'createdOn' | 'notBefore' | 'expiresOn'>;

const times = (created?: Date, notBefore?: Date, expires?: Date): Times => ({
  createdOn: created?.toISOString() ?? '',
  ...(notBefore ? { notBefore: notBefore.toISOString() } : {}),
  ...(expires ? { expiresOn: expires.toISOString() } : {}),
});

/** Control-plane times are seconds since 1970. */
const seconds = (value: number | undefined): Date | undefined =>
  value === undefined ? undefined : new Date(value * 1_000);

const lastSegment = (id: string): string => (id.split('/').at(-1) ?? '').toLowerCase();

/** A version as the data plane shows it. The size of an RSA key is that of its modulus. */
export const fromDataPlane = ({ id, key, keyType, properties }: KeyVaultKey): KeyVersionFacts => ({
  kid: id ?? '',
  version: lastSegment(id ?? ''),
  enabled: properties.enabled === true,
  ...times(properties.createdOn, properties.notBefore, properties.expiresOn),
  keyType: keyType ?? '',
  ...(key?.n ? { keySize: key.n.length * 8 } : {}),
  ...(properties.recoveryLevel ? { recoveryLevel: properties.recoveryLevel } : {}),
  tags: properties.tags ?? {},
});

/** A version as the control plane shows it. */
export const fromControlPlane = ({ attributes, keySize, keyUriWithVersion, kty, tags }: Key): KeyVersionFacts => ({
  kid: keyUriWithVersion ?? '',
  version: lastSegment(keyUriWithVersion ?? ''),
  enabled: attributes?.enabled === true,
  ...times(seconds(attributes?.created), seconds(attributes?.notBefore), seconds(attributes?.expires)),
  keyType: kty ?? '',
  ...(keySize === undefined ? {} : { keySize }),
  ...(attributes?.recoveryLevel ? { recoveryLevel: attributes.recoveryLevel } : {}),
  tags: tags ?? {},
});
