import { keyInstanceId, parseKeyId } from '../../remediation/model/key-ref.ts';
import { generationId } from '../../remediation/protocol/lifetime.ts';
import { SINGLETONS } from '../../remediation/protocol/orchestrations.ts';
import { isOutdated, keyInstanceOf, RETENTION_MS } from '../../remediation/protocol/retention.ts';
import type { EndedInstance, Guardian, Instances } from '../guardian.ts';
import { endedInWindows } from './ended-in-windows.ts';

/** Up to when everything that could be purged has been: the next run begins there. */
const PURGED = 'historyPurged';
/** The beat of a run that came to its end. */
export const PURGE = 'purge';

/** So many instances in one run, four of which come in a day; each costs up to four calls. */
const MOST = 1_000;
const AT_ONCE = 8;

const instanceIdOf = (keyId: string): string | undefined => {
  const parsed = parseKeyId(keyId);
  return parsed && keyInstanceId(parsed.key);
};

/** The instances that the next sweep, probe or report will start. */
const nextOnes = async ({ store }: Guardian): Promise<ReadonlySet<string>> => {
  const names = Object.values(SINGLETONS);
  const ids = names.map(async (name) => generationId(name, await store.singletons.generation(name)));
  return new Set(await Promise.all(ids));
};

/**
 * Whether nobody will ever start this instance again: Azure purges by an id, and takes with it what a wake-up has begun under
 * that id a moment ago. A key's row is made to point at the next generation; every step and every alert has an id of its own.
 */
const isLeft = async ({ store }: Guardian, instances: Instances, id: string): Promise<boolean> => {
  const seen = await instances.see(id);
  if (!seen) return true;
  const own = keyInstanceOf({ id, input: seen.input }, instanceIdOf);
  return own === undefined || store.keyRows.leave(own.keyId, own.generation);
};

/** `false`: it stays for now. Whether it has ended is asked last, when no wake-up can start it any more. */
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

/** Those that stay. */
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

/** `tried`: how many were due and could be tried, `stays`: when the oldest was made that is still there. */
type Purged = { readonly tried: number; readonly purged: number; readonly stays: string | undefined };

/** Purges what is due of these, `most` of them at most. */
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
 * Purges the durable history of what ended more than thirty days ago, the oldest first, window by window, and at most a thousand at a
 * time. What has not ended is never purged, nor what a row still points at. To whoever asks, an instance that was purged is one that
 * has ended.
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
