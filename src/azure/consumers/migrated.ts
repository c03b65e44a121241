import { inParallel } from '../connection/in-parallel.ts';
import type { Estate } from './estate.ts';

const SINGLE = /\/providers\/microsoft\.dbformysql\/servers\/([^/]+)$/i;

export const mayBeMigrated = (id: string): boolean => SINGLE.test(id);

/**
 * Azure has made single servers flexible ones by force: of the same name, in the same group, without the customer's key
 * ("What's happening to Azure Database for MySQL single server"). Of these ids of consumers that are gone, those that
 * came back like that, by the lower-cased id of the flexible server: one ARM call for each single server.
 */
export const readMigrated = async (
  { read }: Pick<Estate, 'read'>,
  goneIds: readonly string[],
): Promise<readonly string[]> => {
  const singles = goneIds.filter(mayBeMigrated);
  const readings = await inParallel(singles, (id) =>
    read(id.replace(SINGLE, '/providers/Microsoft.DBforMySQL/flexibleServers/$1')),
  );
  return readings.flatMap((one) => (one.kind === 'notEncrypted' ? [one.id.toLowerCase()] : []));
};
