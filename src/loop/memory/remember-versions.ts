import type { KeyObservation } from '../../remediation/model/facts.ts';
import { markedIn } from '../../remediation/policy/remembered-marks.ts';
import type { KeyState } from '../../store/key-state.ts';
import type { Guardian } from '../guardian.ts';
import { readCost } from './read-cost.ts';

/** Keeps what reading the pinned versions costs, and which of them must not be healed: where it was seen who pins any. Two calls, and only for news. */
export const rememberVersions = async (
  { settings, store }: Pick<Guardian, 'settings' | 'store'>,
  { keyId, consumers }: Pick<KeyState, 'keyId' | 'consumers'>,
  observation: KeyObservation,
): Promise<void> => {
  if (observation.consumers.kind !== 'present') return;
  const before = consumers?.marked ?? [];
  const seen = {
    cost: readCost(observation),
    marked: markedIn(observation, settings.policy.doNotHealTag, before),
  };
  if (seen.cost !== (consumers?.cost ?? 1) || seen.marked.join() !== before.join())
    await store.consumerIndex.setSeen(keyId, seen);
};
