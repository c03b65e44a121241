import type { ObserveHints } from '../azure/observe.ts';
import { assess } from '../remediation/assess.ts';
import type { KeyObservation } from '../remediation/facts.ts';
import { type KeyRef, parseKeyId } from '../remediation/key-ref.ts';
import type { Decision } from '../remediation/policy-types.ts';
import type { KeyState } from '../store/key-state.ts';
import type { Guardian } from './guardian.ts';

export type Look = { readonly observation: KeyObservation; readonly decision: Decision };

/** Where the fuse's window begins (ISO 8601): before the open incident, or before now. */
export const windowStart = ({ settings }: Guardian, { incident }: Pick<KeyState, 'incident'>, now: Date): string => {
  const from = incident ? Date.parse(incident.openedAt) : now.getTime();
  return new Date(from - settings.policy.fuse.windowMinutes * 60_000).toISOString();
};

/** The key that a row's or a message's key identifier names. */
export const keyOf = (keyId: string): KeyRef => {
  const parsed = parseKeyId(keyId);
  if (!parsed) throw new Error(`${keyId} is not a key identifier`);
  return parsed.key;
};

const hintsIn = ({ consumers }: KeyState): ObserveHints =>
  consumers ? { consumerIds: consumers.consumers.map(({ id }) => id) } : {};

/** Looks at one key and decides; writes nothing. `state` was read before: what it holds is older than what is seen. */
export const look = async (guardian: Guardian, state: KeyState): Promise<Look> => {
  const now = new Date();
  const [observation, records] = await Promise.all([
    guardian.azure.observeKey(keyOf(state.keyId), hintsIn(state)),
    guardian.store.records.policyRecords(state, windowStart(guardian, state, now), now.toISOString()),
  ]);
  return { observation, decision: assess(observation, records, guardian.settings, new Date()) };
};
