import { sha256 } from '../../remediation/model/canonical.ts';
import type { KeyObservation, KeyVersionFacts } from '../../remediation/model/facts.ts';
import { type KeyRef, keyId } from '../../remediation/model/key-ref.ts';
import { isSettled, type VersionRead } from '../../remediation/observation/unchanged.ts';
import { type OneOfAlike, openOneOfAlike } from '../key-vault/one-of-alike.ts';

/** Every version in use is read itself at least this often, whatever lists show. */
const READ_WITHIN_MS = 3_600_000;

/** A read is due so long after the last one: the probe, which reads what no sweep has, needs up to a minute more. */
const DUE_MS = READ_WITHIN_MS - 60_000;

/**
 * A read so shortly before the due time counts for it. A sweep reads what is due before the next sweep: where there is
 * a sweep every five minutes, each version is read every 55 minutes.
 */
export const AHEAD_MS = 360_000;

/** A key that was not read for this time is no longer in use. */
const FORGOTTEN_MS = 2 * READ_WITHIN_MS;

/**
 * The last read of a version in use. `isCurrent`: whether it was the current version at a time when a newer version
 * must be younger by a second at least. Left out where this was not read.
 */
export type LastRead = VersionRead & { readonly isCurrent?: boolean };

/** The reads of this process, for each key with exactly one version in use. */
export type LastReads = {
  of(key: KeyRef): LastRead | undefined;
  keep(key: KeyRef, read: LastRead): void;
  forget(key: KeyRef): void;
  /**
   * Notes a read by another part of the product. A later read replaces the memory; a read that did not find the version
   * ends it.
   */
  note(observation: Pick<KeyObservation, 'key' | 'versions' | 'observedAt'>): void;
  /** Whether a list may replace a read of this version for so long (ms) from now. */
  isReusable(key: KeyRef, version: string, forMs?: number): boolean;
  /** The number of a vault's keys for which this is true. */
  reusableIn(host: string, forMs?: number): number;
};

/** When a version is read again, in ms since 1970. */
type Due = { readonly dueAt: number };

/** The usual time between two sweeps. */
const SWEEP_MS = 300_000;

/** The sweeps that read all versions once, where each reads what is due before the next one. */
const SWEEPS = Math.floor(DUE_MS / SWEEP_MS);

/** What remains of the time until a read is due for the last of these sweeps. */
const LAST_SWEEP_MS = DUE_MS - AHEAD_MS - (SWEEPS - 1) * SWEEP_MS;

/**
 * A time of the version's own: versions that were all read at once, as by a worker that has just begun, are read again in
 * different minutes. The time comes from the end of the hash: the beginning orders the rows, and one part of a sweep, which
 * has neighbouring rows, would have to read all its versions in the same minute. Each sweep has as many to read as the others:
 * the last one has fewer minutes, and there the times are closer together.
 */
const spread = (key: KeyRef, at: number): number => {
  const turn = (Number.parseInt(sha256(keyId(key)).slice(-8), 16) / 2 ** 32) * SWEEPS;
  const before = Math.min(turn, SWEEPS - 1);
  return at + AHEAD_MS + before * SWEEP_MS + (turn - before) * LAST_SWEEP_MS;
};

/**
 * The time of the next read. After a read that was due, it is one interval later. An early read, such as one because a
 * list was refused, does not move it: so versions stay spread over different minutes. A version whose time was missed,
 * as by a worker that stood still, gets a new minute.
 */
const dueAt = (key: KeyRef, { at }: VersionRead, before: Due | undefined): number => {
  if (before === undefined || at > before.dueAt + AHEAD_MS) return spread(key, at);
  return at < before.dueAt - AHEAD_MS ? before.dueAt : at + DUE_MS;
};

/** A read with a time in the future has an unknown age, because a clock was set back: it does not count. */
const mayStand = (read: LastRead & Due, forMs = 0): boolean =>
  read.isCurrent === true && isSettled(read) && read.at <= Date.now() && Date.now() + forMs < read.dueAt;

/**
 * A version that was found to be current stays current in a new read of the same version. For another version it is
 * unknown.
 */
const asBefore = (last: LastRead, facts: KeyVersionFacts): Pick<LastRead, 'isCurrent'> => {
  const isSame = last.facts.version === facts.version && last.facts.createdOn === facts.createdOn;
  return isSame && last.isCurrent !== undefined ? { isCurrent: last.isCurrent } : {};
};

type Kept = Pick<LastReads, 'keep' | 'forget'> & {
  of(key: KeyRef): (LastRead & Due) | undefined;
  in(host: string): ReadonlyMap<string, LastRead & Due>;
};

const NOTHING: ReadonlyMap<string, LastRead & Due> = new Map();

type ByHost = Map<string, Map<string, LastRead & Due>>;

/** Once an hour forgets the keys that are no longer in use, also in vaults that are never asked for again. */
const openForgetting = (byHost: ByHost): (() => void) => {
  let at = Date.now();
  return () => {
    const now = Date.now();
    if (now - at < READ_WITHIN_MS) return;
    at = now;
    for (const [host, reads] of byHost) {
      for (const [name, read] of reads) if (now - read.at > FORGOTTEN_MS) reads.delete(name);
      if (reads.size === 0) byHost.delete(host);
    }
  };
};

/** The same facts, whose parts that most versions have alike are there once. */
const withSharedParts = (facts: KeyVersionFacts, oneOfAlike: OneOfAlike): KeyVersionFacts => ({
  ...facts,
  keyType: oneOfAlike(facts.keyType),
  tags: oneOfAlike(facts.tags),
  ...(facts.operations && { operations: oneOfAlike(facts.operations) }),
  ...(facts.recoveryLevel !== undefined && { recoveryLevel: oneOfAlike(facts.recoveryLevel) }),
});

const openKept = (): Kept => {
  const byHost: ByHost = new Map();
  const oneOfAlike = openOneOfAlike();
  const forgetOld = openForgetting(byHost);
  return {
    of: ({ host, name }) => byHost.get(host)?.get(name),
    forget: ({ host, name }) => void byHost.get(host)?.delete(name),
    keep: (key, read) => {
      forgetOld();
      const reads = byHost.get(key.host) ?? new Map<string, LastRead & Due>();
      const facts = withSharedParts(read.facts, oneOfAlike);
      byHost.set(key.host, reads.set(key.name, { ...read, facts, dueAt: dueAt(key, read, reads.get(key.name)) }));
    },
    in: (host) => byHost.get(host) ?? NOTHING,
  };
};

export const openLastReads = (): LastReads => {
  const { of, keep, forget, in: readsIn } = openKept();
  return {
    of,
    keep,
    forget,
    note: ({ key, versions, observedAt }) => {
      const last = of(key);
      const fact = last && versions[last.facts.version];
      if (last === undefined || fact === undefined) return;
      const at = Date.parse(observedAt);
      if (fact.kind !== 'present') forget(key);
      else if (at > last.at) keep(key, { facts: fact.value, at, ...asBefore(last, fact.value) });
    },
    isReusable: (key, version, forMs) => {
      const read = of(key);
      return read !== undefined && read.facts.version === version && mayStand(read, forMs);
    },
    reusableIn: (host, forMs) => {
      let count = 0;
      for (const read of readsIn(host).values()) if (mayStand(read, forMs)) count += 1;
      return count;
    },
  };
};
