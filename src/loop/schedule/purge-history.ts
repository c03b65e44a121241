import { keyInstanceId, parseKeyId } from '../../remediation/model/key-ref.ts';
import { generationId } from '../../remediation/protocol/lifetime.ts';
import { SINGLETONS } from '../../remediation/protocol/orchestrations.ts';
import { isOutdated, keyInstanceOf, RETENTION_MS } from '../../remediation/protocol/retention.ts';
import type { EndedInstance, Guardian, Instances } from '../guardian.ts';
import { endedInWindows } from './ended-in-windows.ts';

/** Everything before this time that could be purged has been purged: the next run begins there. */
const PURGED = 'historyPurged';
/** The beat of a run that has finished. */
export const PURGE = 'purge';

/** The most instances in one run. There are four runs in a day, and each instance takes up to four calls. */
const MOST = 1_000;
const AT_ONCE = 8;

const instanceIdOf = (keyId: string): string | undefined => {
  const parsed = parseKeyId(keyId);
  return parsed && keyInstanceId(parsed.key);
};

/** The ids of the instances that the next sweep, probe or report will start. */
const nextOnes = async ({ store }: Guardian): Promise<ReadonlySet<string>> => {
  const names = Object.values(SINGLETONS);
  const ids = names.map(async (name) => generationId(name, await store.singletons.generation(name)));
  return new Set(await Promise.all(ids));
};

/**
 * Whether nothing will ever start this instance again. Azure purges by id, and would also purge an instance that a
 * wake-up has just started under the same id. So the key's row is first made to point at the next generation. Every
 * step and every alert has an id of its own.
 */
const isLeft = async ({ store }: Guardian, instances: Instances, id: string): Promise<boolean> => {
  const seen = await instances.see(id);
  if (!seen) return true;
  const own = keyInstanceOf({ id, input: seen.input }, instanceIdOf);
  return own === undefined || store.keyRows.leave(own.keyId, own.generation);
};

/** `false`: the instance stays for now. Its status is read last, when no wake-up can start it any more. */
const purgeOne = async (guardian: Guardian, instances: Instances, id: string): Promise<boolean> => {
  try {
    if (!(await isLeft(guardian, instances, id))) return false;
    const seen = await instances.see(id);
    if (seen && !isOutdated(seen, new Date())) return false;
    await instances.purge(id);
    return true;
  } catch (error) {
    guardian.warn(`The history of ${id} could not be purged now, and is tried again: ${String(error)}`);
    return false;
  }
};

/** Returns the instances that stay. */
const purgeEach = async (
  guardian: Guardian,
  instances: Instances,
  due: readonly EndedInstance[],
): Promise<readonly EndedInstance[]> => {
  const kept: EndedInstance[] = [];
  for (let start = 0; start < due.length; start += AT_ONCE) {
    const some = due.slice(start, start + AT_ONCE);
    const purged = await Promise.all(some.map(({ id }) => purgeOne(guardian, instances, id)));
    kept.push(...some.filter((_, at) => !purged[at]));
  }
  return kept;
};

const byAge = (one: EndedInstance, other: EndedInstance): number =>
  Date.parse(one.createdAt) - Date.parse(other.createdAt);

/**
 * `tried`: how many instances were due and were tried. `stays`: the creation time of the oldest instance that is still
 * there.
 */
type Purged = { readonly tried: number; readonly purged: number; readonly stays: string | undefined };

/** Purges the instances that are due, `most` of them at most. */
const purgeDue = async (
  guardian: Guardian,
  instances: Instances,
  ended: readonly EndedInstance[],
  most: number,
): Promise<Purged> => {
  const now = new Date();
  const due = ended.filter((one) => isOutdated(one, now)).slice(0, most);
  const kept = new Set(await purgeEach(guardian, instances, due));
  const gone = new Set(due.filter((one) => !kept.has(one)));
  return { tried: due.length, purged: gone.size, stays: ended.find((one) => !gone.has(one))?.createdAt };
};

/**
 * Purges the durable history of instances that ended more than thirty days ago: the oldest first, window by window, and
 * at most a thousand at a time. An instance that has not ended, or that a row still points at, is never purged. To any
 * caller a purged instance looks like an ended one.
 * @returns how many were purged
 */
export const purgeHistory = async (guardian: Guardian, instances: Instances): Promise<number> => {
  const { beats } = guardian.store;
  const began = new Date();
  let reached = new Date((await beats.read())[PURGED]?.at ?? 0);
  const next = await nextOnes(guardian);
  let [tried, purged] = [0, 0];
  let oldest: string | undefined;
  for await (const window of endedInWindows(instances, reached, new Date(began.getTime() - RETENTION_MS))) {
    const ended = window.ended.filter(({ id }) => !next.has(id)).toSorted(byAge);
    const done = await purgeDue(guardian, instances, ended, MOST - tried);
    tried += done.tried;
    purged += done.purged;
    oldest ??= done.stays;
    reached = window.until;
    if (tried >= MOST) break;
  }
  await beats.beat(PURGED, oldest ?? reached.toISOString());
  await beats.beat(PURGE, began.toISOString());
  if (purged > 0) guardian.log(`purged the durable history of ${purged} instances that ended 30 days ago`);
  return purged;
};
