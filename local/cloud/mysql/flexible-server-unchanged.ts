import { isDeepStrictEqual } from 'node:util';
import { AzureError } from '../arm/error.ts';
import type { UpdateBody } from './flexible-server-body.ts';

type Shown = { readonly sku: object; readonly properties: object };

const valueAt = (of: object, name: string): unknown => (of as Readonly<Record<string, unknown>>)[name];

/** The names of what differs from what the server shows; what is not given stays as it is. */
const differing = (shown: unknown, given: object): readonly string[] =>
  Object.entries(given)
    .filter(([name, value]) => !isDeepStrictEqual(valueAt((shown ?? {}) as object, name), value))
    .map(([name]) => name);

/** A PATCH may repeat size, storage, backups and network of the server; to change one of them is not simulated. */
export const refuseOtherChanges = ({ sku, properties }: Shown, given: UpdateBody): void => {
  const { dataEncryption: _encryption, ...rest } = given.properties ?? {};
  const changed = [
    ...differing(sku, given.sku ?? {}).map((name) => `sku.${name}`),
    ...Object.entries(rest).flatMap(([part, value]) =>
      differing(valueAt(properties, part), value ?? {}).map((name) => `properties.${part}.${name}`),
    ),
  ];
  if (changed.length > 0)
    throw new AzureError(501, 'NotSimulated', `Changing ${changed.join(', ')} of a server is not simulated.`);
};
