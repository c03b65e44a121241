import { profileOfType } from '../../remediation/model/profiles.ts';
import { formatResourceId, parseResourceId } from '../../remediation/model/resource-id.ts';
import { inParallel } from '../connection/in-parallel.ts';
import type { Estate } from './estate.ts';

/** The id, lower-cased, that a consumer has after Azure migrated it. `undefined` where its kind is never migrated. */
export const migratedId = (id: string): string | undefined => {
  const place = parseResourceId(id);
  const type = profileOfType(place?.type ?? '')?.migratesTo ?? 'never';
  return place === undefined || type === 'never' ? undefined : formatResourceId({ ...place, type }).toLowerCase();
};

export const mayBeMigrated = (id: string): boolean => migratedId(id) !== undefined;

/**
 * Azure has migrated single servers by force: each became a resource of another type with the same name, in the same
 * group, without the customer's key. For these ids of gone consumers, returns the new ids, lower-cased, of the migrated
 * ones: one ARM call for each whose kind may be migrated.
 */
export const readMigrated = async (
  { read }: Pick<Estate, 'read'>,
  goneIds: readonly string[],
): Promise<readonly string[]> => {
  const newIds = goneIds.flatMap((id) => migratedId(id) ?? []);
  const readings = await inParallel(newIds, read);
  return readings.flatMap((one) => (one.kind === 'notEncrypted' ? [one.id.toLowerCase()] : []));
};
