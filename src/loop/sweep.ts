import type { KeyConsumers } from '../azure/consumers/estate.ts';
import type { Json } from '../remediation/canonical.ts';
import { diagnose } from '../remediation/diagnose.ts';
import { isHealthy } from '../remediation/findings.ts';
import { type KeyRef, keyId, keyInstanceId } from '../remediation/key-ref.ts';
import { isForgotten } from '../remediation/protocol/wake.ts';
import { rootCauses } from '../remediation/root-causes.ts';
import type { KeyState, KnownConsumers } from '../store/key-state.ts';
import { baselineOf, differs } from './baseline.ts';
import type { Durable, Guardian } from './guardian.ts';
import { keyOf } from './look.ts';
import type { SweepChunk, SweepResult } from './messages.ts';
import { reportUnreadable } from './report-unreadable.ts';

const KEYS_PER_CHUNK = 200;

/** Lists every consumer in scope. The listing goes to blobs: it is too big for history, and an unchanged one is one blob. */
export const listScope = async (guardian: Guardian): Promise<readonly SweepChunk[]> => {
  const { keys, unreadable } = await guardian.azure.listConsumers();
  await reportUnreadable(guardian, unreadable);
  const chunks: SweepChunk[] = [];
  for (let start = 0; start < keys.length; start += KEYS_PER_CHUNK) {
    const listing = keys.slice(start, start + KEYS_PER_CHUNK) as unknown as Json;
    chunks.push({ listing: await guardian.store.evidence.put(listing) });
  }
  return chunks;
};

const sameIds = (known: KnownConsumers | undefined, listed: KeyConsumers): boolean =>
  known !== undefined &&
  known.consumers
    .map(({ id }) => id.toLowerCase())
    .sort()
    .join() ===
    listed.consumers
      .map(({ id }) => id.toLowerCase())
      .sort()
      .join();

const remember = async ({ store }: Guardian, state: KeyState, listed: KeyConsumers): Promise<void> => {
  if (sameIds(state.consumers, listed)) return;
  const consumers = listed.consumers.map(({ id, kind }) => ({ id, kind }));
  await store.consumerIndex.write(state.keyId, { at: new Date().toISOString(), consumers });
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
export const sweepKeys = async (guardian: Guardian, durable: Durable, chunk: SweepChunk): Promise<SweepResult> => {
  const listing = (await guardian.store.evidence.get(chunk.listing)) as unknown as readonly KeyConsumers[] | undefined;
  if (!listing) throw new Error(`the listing ${chunk.listing} is gone; the next sweep lists anew`);
  const observations = await guardian.azure.observeKeys(listing);
  const judged = await Promise.all(
    observations.map(async (observation, index): Promise<Judged> => {
      const state = await guardian.store.keyRows.read(keyId(observation.key));
      const listed = listing[index];
      if (listed) await remember(guardian, state, listed);
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

/** Wakes what nobody looked at: a wake-up that no assess covered, and an open incident whose key is not looked at now. */
export const wakeLeftovers = async (guardian: Guardian, durable: Durable): Promise<SweepResult> => {
  let observed = 0;
  const woken: string[] = [];
  for await (const state of guardian.store.keyRows.list()) {
    observed += 1;
    if (!isForgotten(state.row) && !state.incident) continue;
    const key = keyOf(state.keyId);
    if (await durable.isAlive(keyInstanceId(key))) continue;
    woken.push(await durable.wake(key));
  }
  return { observed, woken };
};
