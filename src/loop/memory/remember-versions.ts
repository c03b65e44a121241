import { canonicalJson } from '../../remediation/model/canonical.ts';
import type { KeyObservation } from '../../remediation/model/facts.ts';
import { askedInVain } from '../../remediation/observation/asked-in-vain.ts';
import type { MissedSince } from '../../remediation/observation/believed-absence.ts';
import { readCost } from '../../remediation/observation/read-cost.ts';
import { markedIn } from '../../remediation/policy/remembered-marks.ts';
import { ofKnown } from '../../remediation/trust/lineage.ts';
import type { Seen } from '../../store/consumer-index.ts';
import type { KeyState } from '../../store/key-state.ts';
import type { Guardian } from '../guardian.ts';
import { expiringIn, isNewsOfExpiry } from './expiring.ts';
import { supposedOf } from './known.ts';
import { stillMarked } from './still-marked.ts';

type Sources = Pick<Guardian, 'settings' | 'store' | 'azure'>;

/**
 * The facts that must be recorded: the cost of reading the pinned versions (if the consumers were read), the ids with the
 * do-not-heal tag (a stranger's tag binds nobody), the expiries, since when a consumer is missed, and since when looks learnt
 * nothing. `undefined` where all of that is recorded.
 */
export const versionsToRemember = async (
  { azure, settings }: Pick<Sources, 'azure' | 'settings'>,
  state: Pick<KeyState, 'keyId' | 'consumers' | 'baseline' | 'attempts' | 'incident'>,
  observation: KeyObservation,
  missed: MissedSince,
): Promise<Seen | undefined> => {
  const { consumers } = state;
  const { doNotHealTag } = settings.policy;
  const before = consumers?.marked ?? [];
  const ours = ofKnown(observation, supposedOf(state));
  const seen = {
    cost: (observation.consumers.kind === 'present' ? readCost(observation) : undefined) ?? consumers?.cost,
    missed,
    inVain: askedInVain(observation, consumers?.inVain),
    expiring: expiringIn(ours, consumers),
    marked: await stillMarked(azure, ours, doNotHealTag, markedIn(ours, doNotHealTag, before)),
  };
  const isSame = seen.cost === consumers?.cost && seen.marked.join() === before.join();
  const isAskedAnew = seen.inVain?.since !== consumers?.inVain?.since || seen.inVain?.at !== consumers?.inVain?.at;
  const isNews =
    !isSame ||
    isAskedAnew ||
    isNewsOfExpiry(seen.expiring, consumers) ||
    canonicalJson(missed) !== canonicalJson(consumers?.missed ?? {});
  return isNews ? seen : undefined;
};

/** Records it: two calls, and only where something changed. */
export const rememberVersions = async (
  sources: Sources,
  state: Parameters<typeof versionsToRemember>[1],
  observation: KeyObservation,
  missed: MissedSince,
): Promise<void> => {
  const seen = await versionsToRemember(sources, state, observation, missed);
  if (seen) await sources.store.consumerIndex.setSeen(state.keyId, seen);
};
