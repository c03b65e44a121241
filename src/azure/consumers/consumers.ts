import type { Connection } from '../connection/connection.ts';
import type { ConsumerType } from './consumer-type.ts';
import { diskEncryptionSet } from './disk-encryption-set.ts';
import { mysqlFlexibleServer } from './mysql-flexible-server.ts';
import { mysqlSingleServer } from './mysql-single-server.ts';

/** Every kind of consumer that the product knows; a new one is one file and one line here. */
export const openConsumerTypes = (connection: Connection): readonly ConsumerType[] => [
  mysqlSingleServer(connection),
  mysqlFlexibleServer(connection),
  diskEncryptionSet(connection),
];
