import type { KeyConsumers } from '../azure/consumers/estate.ts';
import { diagnose } from '../remediation/diagnose.ts';
import { isHealthy } from '../remediation/findings.ts';
import { type KeyRef, keyId } from '../remediation/key-ref.ts';
import { rootCauses } from '../remediation/root-causes.ts';
import type { KeyState } from '../store/key-state.ts';
import { baselineOf, differs } from './baseline.ts';
import type { Durable, Guardian } from './guardian.ts';
import { getChunk } from './key-chunks.ts';
import { supposedOf } from './known.ts';
import type { KeyChunk, SweepResult } from './messages.ts';
import { rememberListed } from './remember-consumers.ts';
import { reportUnreadable } from './report-unreadable.ts';
import { wakeAll } from './wake-all.ts';

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
  const { observations, unreadable } = await guardian.azure.observeKeys(listing);
  await reportUnreadable(guardian, unreadable);
  const judged = await Promise.all(
    observations.map(async (observation): Promise<Judged> => {
      const state = await guardian.store.keyRows.read(keyId(observation.key));
      if (observation.consumers.kind === 'present')
        await rememberListed(guardian, state, observation.consumers.value, chunk);
      const known = supposedOf(state);
      const findings = diagnose(observation, new Date(), guardian.settings.remediation, known);
      const ill = !isHealthy(findings) || differs(state.baseline, baselineOf(observation, known.baseline));
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
