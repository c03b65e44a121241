import { asBaseline } from '../../remediation/model/baseline.ts';
import { type KeyRef, keyId, keyOf } from '../../remediation/model/key-ref.ts';
import { inScope } from '../../remediation/model/resource-id.ts';
import type { KeyState } from '../../store/key-state.ts';
import type { Guardian } from '../guardian.ts';

/** The most open incidents that are asked what they wait for. The pause of all others ends within the hour. */
const MOST = 100;

/** Every place that a repair of this key may write to. */
const placesOf = ({ attempts, baseline, consumers }: KeyState): readonly string[] => [
  ...attempts.map(({ target }) => target),
  ...[asBaseline(baseline)?.vault.id ?? []].flat(),
  ...(consumers?.consumers ?? []).map(({ id }) => id),
];

const waitsForChange = ({ attempts, incident: open }: KeyState): boolean =>
  attempts.some(({ cure, incident }) => cure === 'change' && incident === open?.id);

const waitsAt = (state: KeyState, scope: string): boolean =>
  placesOf(state).some((id) => inScope(id, [scope]) || inScope(scope, [id]));

/** Keys with a repair that waits for a person's change: one call for every 1,000 keys, and one for each open incident. */
const readWaiting = async ({ store }: Pick<Guardian, 'store'>): Promise<readonly KeyState[]> => {
  const waiting: KeyState[] = [];
  let asked = 0;
  for await (const { keyId } of store.keyRows.listUnsettled()) {
    if (asked++ >= MOST) break;
    const state = await store.keyRows.read(keyId);
    if (waitsForChange(state)) waiting.push(state);
  }
  return waiting;
};

/**
 * A deployment writes hundreds of locks, roles and policies at once: the waiting keys are read once a minute at most. A
 * repair that begins to wait meanwhile is tried again after five minutes anyway (policy, `RESTS`).
 */
const KEPT_MS = 60_000;

/** Ends the pauses of the repairs that wait for a change at this scope, and returns their keys. */
export type EndPauses = (scope: string) => Promise<readonly KeyRef[]>;

/** The event of a change is not believed: Azure is asked again, and may refuse again. */
export const openEndPauses = (guardian: Pick<Guardian, 'store'>): EndPauses => {
  let kept: { readonly at: number; readonly waiting: Promise<readonly KeyState[]> } | undefined;
  const waitingNow = (): Promise<readonly KeyState[]> => {
    if (kept && Date.now() - kept.at < KEPT_MS) return kept.waiting;
    const reading = { at: Date.now(), waiting: readWaiting(guardian) };
    kept = reading;
    reading.waiting.catch(() => {
      if (kept === reading) kept = undefined;
    });
    return reading.waiting;
  };
  return async (scope) => {
    const at = new Date().toISOString();
    const keys = (await waitingNow()).filter((state) => waitsAt(state, scope)).map((state) => keyOf(state.keyId));
    for (const key of keys) await guardian.store.records.wayChanged(keyId(key), at);
    return keys;
  };
};
