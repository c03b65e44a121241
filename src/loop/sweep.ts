import type { KeyConsumers } from '../azure/consumers/estate.ts';
import type { Json } from '../remediation/canonical.ts';
import { diagnose } from '../remediation/diagnose.ts';
import { isHealthy } from '../remediation/findings.ts';
import { type KeyRef, keyId, keyInstanceId } from '../remediation/key-ref.ts';
import { isForgotten } from '../remediation/protocol/wake.ts';
import { rootCauses } from '../remediation/root-causes.ts';
import type { KeyState } from '../store/key-state.ts';
import { baselineOf, differs } from './baseline.ts';
import type { Durable, Guardian } from './guardian.ts';
import { getChunk, putChunks } from './key-chunks.ts';
import { keyOf } from './look.ts';
import type { KeyChunk, SweepResult } from './messages.ts';
import { rememberConsumers } from './remember-consumers.ts';
import { reportUnreadable } from './report-unreadable.ts';

/** Lists every consumer in scope. The listing goes to blobs: it is too big for history, and an unchanged one is one blob. */
export const listScope = async (guardian: Guardian): Promise<readonly KeyChunk[]> => {
  const { keys, unreadable } = await guardian.azure.listConsumers();
  await reportUnreadable(guardian, unreadable);
  return putChunks(guardian, keys as unknown as readonly Json[]);
};

type Judged = {
  readonly key: KeyRef;
  readonly state: KeyState;
  readonly causes: readonly string[];
  readonly ill: boolean;
};

const needsLook = ({ ill, state }: Judged): boolean => ill || state.verdict === undefined;

/**
 * Diagnoses the keys of one chunk and wakes only those that are unhealthy or whose healthy snapshot is new. All root
 * causes are remembered before the first key is woken: the fuse must see a mass failure before its first repair.
 */
export const sweepKeys = async (guardian: Guardian, durable: Durable, chunk: KeyChunk): Promise<SweepResult> => {
  const listing = (await getChunk(guardian, chunk)) as unknown as readonly KeyConsumers[];
  const observations = await guardian.azure.observeKeys(listing);
  const judged = await Promise.all(
    observations.map(async (observation, index): Promise<Judged> => {
      const state = await guardian.store.keyRows.read(keyId(observation.key));
      const listed = listing[index];
      if (listed) await rememberConsumers(guardian, state, listed.consumers);
      const findings = diagnose(observation, new Date(), guardian.settings.remediation);
      const healthy = isHealthy(findings);
      const ill = !healthy || differs(state.baseline, baselineOf(observation));
      return { key: observation.key, state, causes: rootCauses(findings, observation.key), ill };
    }),
  );
  const at = new Date().toISOString();
  await guardian.store.records.rememberCauses(judged.flatMap(({ causes }) => causes.map((cause) => ({ cause, at }))));
  const woken: string[] = [];
  for (const one of judged.filter(needsLook)) woken.push(await durable.wake(one.key));
  return { observed: observations.length, woken };
};

const LIVE = ['Pending', 'Running', 'Suspended', 'ContinuedAsNew'];

/** Wakes what nobody looked at: a wake-up that no assess covered, and an open incident whose key is not looked at now. */
export const wakeLeftovers = async (guardian: Guardian, durable: Durable): Promise<SweepResult> => {
  let observed = 0;
  const woken: string[] = [];
  for await (const state of guardian.store.keyRows.list()) {
    observed += 1;
    if (!isForgotten(state.row) && !state.incident) continue;
    const key = keyOf(state.keyId);
    if (LIVE.includes((await durable.runtimeStatus(keyInstanceId(key))) ?? '')) continue;
    woken.push(await durable.wake(key));
  }
  return { observed, woken };
};
