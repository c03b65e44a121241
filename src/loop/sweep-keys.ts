import type { KeyConsumers } from '../azure/consumers/estate.ts';
import { diagnose } from '../remediation/diagnose.ts';
import { isHealthy } from '../remediation/findings.ts';
import { type KeyRef, keyId } from '../remediation/key-ref.ts';
import { rootCauses } from '../remediation/root-causes.ts';
import type { KeyState, KnownConsumers } from '../store/key-state.ts';
import { baselineOf, differs } from './baseline.ts';
import type { Durable, Guardian } from './guardian.ts';
import type { SweepChunk, SweepResult } from './messages.ts';
import { reportUnreadable } from './report-unreadable.ts';
import { wakeAll } from './wake-all.ts';

type Consumers = KnownConsumers['consumers'];

const idsOf = (consumers: Consumers): string =>
  consumers
    .map(({ id }) => id.toLowerCase())
    .sort()
    .join();

/** Where the listing is not complete, what it lacks is not gone. */
const consumersNow = (known: Consumers, listed: Consumers, { isComplete }: SweepChunk): Consumers => {
  const ids = new Set(listed.map(({ id }) => id.toLowerCase()));
  return isComplete ? listed : [...listed, ...known.filter(({ id }) => !ids.has(id.toLowerCase()))];
};

const remember = async ({ store }: Guardian, state: KeyState, listed: Consumers, chunk: SweepChunk): Promise<void> => {
  const known = state.consumers?.consumers ?? [];
  const consumers = consumersNow(known, listed, chunk).map(({ id, kind }) => ({ id, kind }));
  if (state.consumers && idsOf(known) === idsOf(consumers)) return;
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
  const { observations, unreadable } = await guardian.azure.observeKeys(listing);
  await reportUnreadable(guardian, unreadable);
  const judged = await Promise.all(
    observations.map(async (observation): Promise<Judged> => {
      const state = await guardian.store.keyRows.read(keyId(observation.key));
      if (observation.consumers.kind === 'present') await remember(guardian, state, observation.consumers.value, chunk);
      const findings = diagnose(observation, new Date(), guardian.settings.remediation);
      const ill = !isHealthy(findings) || differs(state.baseline, baselineOf(observation));
      // Of an open incident they are remembered already: a fault that lasts must not count for ever at the fuse.
      const causes = state.incident ? [] : rootCauses(findings, observation.key);
      return { key: observation.key, state, causes, ill };
    }),
  );
  const at = new Date().toISOString();
  await guardian.store.records.rememberCauses(judged.flatMap(({ causes }) => causes.map((cause) => ({ cause, at }))));
  const ids = await wakeAll(
    durable,
    judged.filter(needsLook).map(({ key }) => key),
  );
  return { observed: observations.length, woken: ids };
};
