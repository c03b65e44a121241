import type { Surroundings } from '../../azure/posture/posture-reads.ts';
import { coverageOf, linesOfCoverage } from '../../posture/coverage.ts';
import type { VaultReach } from '../../posture/coverage-facts.ts';
import type { BackupRecord } from '../../posture/facts.ts';
import { linesOfLacking } from '../../posture/lacking-rights.ts';
import { linesOfPath } from '../../posture/lines.ts';
import { lineOfOwnRights, linesOfActing } from '../../posture/lines-of-rights.ts';
import { assess } from '../../remediation/assess.ts';
import { type Fact, type KeyObservation, present, unknown } from '../../remediation/model/facts.ts';
import { keyId } from '../../remediation/model/key-ref.ts';
import { consumersOf } from '../../remediation/observation/pins.ts';
import type { Guardian } from '../guardian.ts';
import { supposedOf } from '../memory/known.ts';
import type { PostureChunk, PostureJudged } from '../messages.ts';
import { windowStart } from '../reconcile/look.ts';
import { type LookedAt, pathsOf } from './path-facts.ts';
import type { PostureKey } from './posture-keys.ts';
import { fetchDocument, putParts } from './put-parts.ts';
import { readHealth } from './read-health.ts';

type Seen = LookedAt & { readonly dataPlane: VaultReach['dataPlane'] };

const lookAt = async (
  guardian: Guardian,
  listed: PostureKey,
  observation: KeyObservation,
  logs: LookedAt['logs'],
): Promise<Seen> => {
  const { azure, settings, store } = guardian;
  const now = new Date();
  const state = await store.keyRows.read(keyId(observation.key));
  const records = await store.records.policyRecords(state, windowStart(guardian, state, now), now.toISOString());
  const known = supposedOf(state);
  const { vault } = observation;
  const history =
    vault.kind === 'present'
      ? await azure.posture.history(observation.key, vault.value)
      : {
          dataPlane: { kind: 'unknown', reason: 'there is no vault to ask' } as const,
          history: unknown('there is no vault to ask'),
        };
  return {
    listed,
    observation,
    records,
    known,
    logs,
    ...history,
    decision: assess(observation, records, settings, now, known),
  };
};

/** One call for each vault that exists, however many resources depend on it. */
const readLogs = async ({ azure }: Guardian, observations: readonly KeyObservation[]) => {
  const ids = new Set(observations.flatMap(({ vault }) => (vault.kind === 'present' ? [vault.value.id] : [])));
  const logs = new Map<string, LookedAt['logs']>();
  for (const id of ids) logs.set(id, await azure.posture.logs(id));
  return {
    reads: ids.size,
    logsOf: ({ vault }: KeyObservation): LookedAt['logs'] =>
      vault.kind === 'present' ? (logs.get(vault.value.id) ?? unknown('not read')) : vault,
  };
};

/** Backups of keys in the product's storage; unknown where storage cannot be read. */
const readBackups = ({ store }: Guardian): Promise<Fact<readonly BackupRecord[]>> =>
  store.backups
    .list()
    .then(present<readonly BackupRecord[]>, (error: unknown) => unknown(`the backups: ${String(error)}`));

const keysSeen = (all: readonly Seen[]): Fact<true> => {
  const blind = all
    .flatMap(({ observation: { current, versions } }) => [...Object.values(versions), ...(current ? [current] : [])])
    .find(({ kind }) => kind === 'unknown');
  return blind?.kind === 'unknown' ? unknown(blind.reason) : present(true);
};

const reachOf = (all: readonly Seen[], first: Seen, surroundings: Surroundings): VaultReach => ({
  key: first.observation.key,
  vault: first.observation.vault,
  dataPlane: first.dataPlane,
  keysSeen: keysSeen(all),
  locks: surroundings.locks,
  ...(surroundings.unreadLocks && { unreadLocks: surroundings.unreadLocks }),
  own: surroundings.own,
  consumers: all.flatMap(({ observation }) => consumersOf(observation).map(({ id, kind }) => ({ id, kind }))),
});

const reachesIn = (seen: readonly Seen[], surroundings: Surroundings): readonly VaultReach[] =>
  [...Map.groupBy(seen, ({ observation }) => observation.key.host).values()].flatMap((all) => {
    const [first] = all;
    return first ? [reachOf(all, first, surroundings)] : [];
  });

const AT_ONCE = 8;

/**
 * Looks at several keys at once: the records of each take a call to storage, and its versions take one call to the
 * vault.
 */
const lookAtAll = async (
  guardian: Guardian,
  listing: readonly PostureKey[],
  observations: readonly KeyObservation[],
  logsOf: (observation: KeyObservation) => LookedAt['logs'],
): Promise<readonly Seen[]> => {
  const listedBy = new Map(listing.map((one) => [keyId(one.key), one]));
  const seen: Seen[] = [];
  for (let at = 0; at < observations.length; at += AT_ONCE) {
    const looks = observations.slice(at, at + AT_ONCE).flatMap((observation) => {
      const listed = listedBy.get(keyId(observation.key));
      return listed ? [lookAt(guardian, listed, observation, logsOf(observation))] : [];
    });
    seen.push(...(await Promise.all(looks)));
  }
  return seen;
};

/** A quarter of the 25 reads a second that Resource Manager refills: the sweep needs its share as well. */
const READS_A_SECOND = 6;

/** Looks at the keys of one chunk and judges every row about each of their consumers. Wakes nobody. */
export const judgePosture = async (guardian: Guardian, chunk: PostureChunk): Promise<PostureJudged> => {
  const listing = (await fetchDocument(guardian, chunk.listing)) as readonly PostureKey[];
  const surroundings = (await fetchDocument(guardian, chunk.surroundings)) as Surroundings;
  const { observations, unreadable } = await guardian.azure.observeKeys(listing);
  const { reads, logsOf } = await readLogs(guardian, observations);
  const seen = await lookAtAll(guardian, listing, observations, logsOf);
  const around = {
    now: new Date().toISOString(),
    surroundings,
    backups: await readBackups(guardian),
    health: await readHealth(guardian, observations),
    settings: guardian.settings,
  };
  const reaches = reachesIn(seen, surroundings);
  const coverage = reaches.flatMap(coverageOf);
  const lines = [
    ...seen.flatMap((one) => pathsOf(one, around)).flatMap(linesOfPath),
    ...linesOfCoverage(coverage),
    ...reaches.map(lineOfOwnRights),
    ...reaches.flatMap(linesOfLacking),
    ...linesOfActing(seen.flatMap(({ observation }) => consumersOf(observation))),
  ];
  const restUntil = new Date(Date.now() + (reads / READS_A_SECOND) * 1_000).toISOString();
  return {
    parts: await putParts(guardian, lines, coverage),
    restUntil,
    unreadable: unreadable.map(({ reason }) => reason),
  };
};
