import { type KeyRef, keyInstanceId, keyOf } from '../../remediation/model/key-ref.ts';
import { generationId } from '../../remediation/protocol/lifetime.ts';
import type { Durable, Guardian } from '../guardian.ts';
import { isLeftAlone } from '../memory/in-vain.ts';
import type { SweepResult } from '../messages.ts';
import { wakeAll } from '../wake/wake-all.ts';
import { sweepResult } from './sweep-result.ts';

/** A fault that has lasted for this long no longer counts as simultaneous with any other fault. */
const REMEMBERED_MS = 30 * 86_400_000;

/**
 * Wakes the keys that were left out: keys with a wake-up that no assess has covered, and keys with an open incident
 * that are not being looked at now.
 */
export const wakeLeftovers = async (guardian: Guardian, durable: Durable): Promise<SweepResult> => {
  let observed = 0;
  const leftovers: KeyRef[] = [];
  for await (const { keyId, generation } of guardian.store.keyRows.listUnsettled()) {
    observed += 1;
    const key = keyOf(keyId);
    if (await durable.isAlive(generationId(keyInstanceId(key), generation))) continue;
    if (!isLeftAlone(await guardian.store.keyRows.read(keyId), new Date())) leftovers.push(key);
  }
  await guardian.store.beats.beat('sweepEnded', new Date().toISOString());
  await guardian.store.records.forgetCauses(new Date(Date.now() - REMEMBERED_MS).toISOString());
  return sweepResult(observed, await wakeAll(durable, leftovers));
};
