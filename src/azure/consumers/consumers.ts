import { type ConsumerKind, profileOf } from '../../remediation/model/profiles.ts';
import type { Connection } from '../connection/connection.ts';
import type { ConsumerType } from './consumer-type.ts';
import { diskEncryptionSet } from './disk-encryption-set.ts';
import { mysqlFlexibleServer } from './mysql-flexible-server.ts';
import { mysqlSingleServer } from './mysql-single-server.ts';

/** The reads and writes of each kind of consumer. The compiler checks that no kind is missing. */
const ADAPTERS: Readonly<Record<ConsumerKind, (connection: Connection) => ConsumerType>> = {
  mysqlSingleServer,
  mysqlFlexibleServer,
  diskEncryptionSet,
};

/** The adapters by the ARM type of their resources, lower-cased. */
export const openConsumerTypes = (connection: Connection): ReadonlyMap<string, ConsumerType> =>
  new Map(Object.entries(ADAPTERS).map(([kind, open]) => [profileOf(kind).resourceType, open(connection)]));
