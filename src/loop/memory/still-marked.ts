import type { Fact, KeyObservation } from '../../remediation/model/facts.ts';
import { keyId, parseKeyId } from '../../remediation/model/key-ref.ts';
import { tagMark } from '../../remediation/policy/do-not-heal-mark.ts';
import { readIn } from '../../remediation/policy/remembered-marks.ts';
import type { Guardian } from '../guardian.ts';

type Reads = Pick<Guardian['azure'], 'readKeyUser' | 'readKeyVersion'>;

/** The most marks that one look reads beside its own reads, so that a look stays cheap. */
const AT_ONCE = 5;
const TURN_MS = 60_000;

/** Takes a few ids, beginning at a place that moves with time, so that every id gets its turn. */
const someOf = (ids: readonly string[]): readonly string[] => {
  const from = (Math.floor(Date.now() / TURN_MS) * AT_ONCE) % Math.max(1, ids.length);
  return [...ids.slice(from), ...ids.slice(0, from)].slice(0, AT_ONCE);
};

/**
 * Whether the version or consumer was read without a mark, or the consumer has left the key. Where it cannot be read,
 * or is gone, its mark stays.
 */
const isUnmarked = async (reads: Reads, id: string, key: string, tag: string): Promise<boolean> => {
  const named = parseKeyId(id);
  const isFree = (fact: Fact<{ readonly tags: Readonly<Record<string, string>> }>): boolean =>
    fact.kind === 'present' && tagMark(id, fact.value.tags, tag) === undefined;
  if (named) return isFree(await reads.readKeyVersion(named.key, named.version));
  const user = await reads.readKeyUser(id);
  return isFree(user) || (user.kind === 'present' && !user.value.keyIds.includes(key));
};

/**
 * Whether this look gives no answer about the mark. An id that the look has read is answered, and the mark of a vault
 * is answered also where the vault is absent.
 */
const isOutOfSight = (id: string, observation: KeyObservation, read: ReadonlySet<string>): boolean => {
  if (read.has(id)) return false;
  const version = parseKeyId(id)?.version;
  if (parseKeyId(id)) return observation.vault.kind === 'present' && !(version && version in observation.versions);
  return !id.includes('/microsoft.keyvault/');
};

/**
 * The recorded marks that still stand. The look has no reason to read a version that nobody uses, or a consumer that no
 * longer uses the key: these are read here. One to two calls for each, five marks at most, no call where there is no
 * mark.
 */
export const stillMarked = async (
  reads: Reads,
  observation: KeyObservation,
  doNotHealTag: string,
  marked: readonly string[],
): Promise<readonly string[]> => {
  const read = new Set(readIn(observation).map(({ name }) => name));
  const hidden = someOf(marked.filter((id) => isOutOfSight(id, observation, read)));
  const key = keyId(observation.key);
  const free = await Promise.all(hidden.map((id) => isUnmarked(reads, id, key, doNotHealTag).catch(() => false)));
  return marked.filter((id) => !hidden.some((one, at) => one === id && free[at]));
};
