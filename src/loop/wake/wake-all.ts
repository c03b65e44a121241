import type { KeyRef } from '../../remediation/model/key-ref.ts';
import type { Durable } from '../guardian.ts';

/** Tries every key before it throws for a key that could not be woken: the activity is then repeated. */
export const wakeAll = async (durable: Pick<Durable, 'wake'>, keys: readonly KeyRef[]): Promise<readonly string[]> => {
  const woken: string[] = [];
  const failures: unknown[] = [];
  for (const key of keys) {
    await durable.wake(key).then(
      (id) => woken.push(id),
      (error: unknown) => failures.push(error),
    );
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} keys could not be woken`);
  return woken;
};
