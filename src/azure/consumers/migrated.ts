import { profileOfType } from '../../remediation/model/profiles.ts';
import { formatResourceId, parseResourceId } from '../../remediation/model/resource-id.ts';
import { inParallel } from '../connection/in-parallel.ts';
import type { Estate } from './estate.ts';

/** The id, lower-cased, under which a consumer comes back where Azure migrates it. `undefined` where its kind is never migrated. */
export const migratedId = (id: string): string | undefined => {
  const place = parseResourceId(id);
  const type = profileOfType(place?.type ?? '')?.migratesTo ?? 'never';
  return place === undefined || type === 'never' ? undefined : formatResourceId({ ...place, type }).toLowerCase();
};

export const mayBeMigrated = (id: string): boolean => migratedId(id) !== undefined;

/**
 * Azure has migrated consumers by force: they are of another type now, of the same name, in the same group, without the
 * customer's key. Of these ids of consumers that are gone, those that came back like that, by their new ids, lower-cased:
 * one ARM call for each whose kind may be migrated.
 */
export const readMigrated = async (
  { read }: Pick<Estate, 'read'>,
  goneIds: readonly string[],
): Promise<readonly string[]> => {
  const newIds = goneIds.flatMap((id) => migratedId(id) ?? []);
  const readings = await inParallel(newIds, read);
  return readings.flatMap((one) => (one.kind === 'notEncrypted' ? [one.id.toLowerCase()] : []));
};
