import { type ConsumerKind, profileOf } from '../../remediation/model/profiles.ts';
import type { Connection } from '../connection/connection.ts';
import type { ConsumerType } from './consumer-type.ts';
import { diskEncryptionSet } from './disk-encryption-set.ts';
import { mysqlFlexibleServer } from './mysql-flexible-server.ts';
import { mysqlSingleServer } from './mysql-single-server.ts';

/** How each kind of consumer is read and written. The compiler sees to it that none is forgotten. */
const ADAPTERS: Readonly<Record<ConsumerKind, (connection: Connection) => ConsumerType>> = {
  mysqlSingleServer,
  mysqlFlexibleServer,
  diskEncryptionSet,
};

/** By the ARM type of their resources, lower-cased. */
export const openConsumerTypes = (connection: Connection): ReadonlyMap<string, ConsumerType> =>
  new Map(Object.entries(ADAPTERS).map(([kind, open]) => [profileOf(kind).resourceType, open(connection)]));
