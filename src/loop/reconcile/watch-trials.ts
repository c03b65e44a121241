import { profileOf } from '../../remediation/model/profiles.ts';
import { pinsOf, userOf, usersOf } from '../../remediation/observation/pins.ts';
import { isWeighty } from '../../remediation/policy/do-not-heal-mark.ts';
import { isStepKind } from '../../remediation/steps/steps.ts';
import { ofKnown } from '../../remediation/trust/lineage.ts';
import type { EndedStep, KeyState } from '../../store/key-state.ts';
import type { Guardian } from '../guardian.ts';
import type { KeyLook } from './look.ts';

/** A trial repair proves nothing unless its key is seen healthy within this time. */
const RECENT_MS = 15 * 60_000;

const endedLately = ({ attempts }: KeyState, now: number): readonly EndedStep[] =>
  attempts.filter(({ at, outcome }) => outcome === 'done' && now - Date.parse(at) < RECENT_MS);

/**
 * Whether every version in use was read, and no server that shows by its state whether it has its key is down or
 * unreadable. Only known consumers count: a stranger's disk encryption set with a version that does not exist, or with
 * machines that are down, would else make every trial fail, and all other keys would wait.
 */
const isWell = ({
  observation,
  known,
  decision: { findings },
}: Pick<KeyLook, 'observation' | 'known' | 'decision'>) => {
  const ours = ofKnown(observation, known);
  const users = usersOf(ours);
  const ids = new Set(users.map(({ id }) => id.toLowerCase()));
  return (
    pinsOf(ours).every(({ fact }) => fact.kind === 'present') &&
    !findings.some(({ harm }) =>
      harm.some(({ consumerId, level }) => level === 'active' && ids.has(consumerId.toLowerCase())),
    ) &&
    !users.some(({ kind, state }) => profileOf(kind).stateProvesKey && state.kind === 'unknown')
  );
};

const proveTrials = async (
  { store }: Guardian,
  { keyId }: KeyState,
  seen: KeyLook,
  ended: readonly EndedStep[],
): Promise<void> => {
  const names = new Set(ended.map(({ step }) => step));
  const kinds = [...names].filter((name) => isStepKind(name) && !isWeighty({ kind: name, risk: 'restore' }));
  if (kinds.length === 0 || !isWell(seen)) return;
  const needed = new Set(seen.decision.plan.steps.map(({ stepId }) => stepId));
  const proveIn = async (kind: string): Promise<void> => {
    const open = await store.lanes.openTrials(kind, keyId);
    const well = open.filter((id) => !needed.has(id));
    if (well.length > 0) await store.lanes.seenWell(kind, well);
  };
  await Promise.all(kinds.map(proveIn));
};

/**
 * Learns a fact that no document of Azure states: a consumer that was down at the last look is ready directly after an
 * update with its present key.
 */
const learn = async (
  { store }: Guardian,
  { verdict }: KeyState,
  { observation }: KeyLook,
  ended: readonly EndedStep[],
): Promise<void> => {
  const wasDown = (target: string): boolean =>
    verdict?.decision.findings.some((one) => one.kind === 'consumerInaccessible' && one.target === target) === true;
  for (const { step, target } of ended) {
    const user = step === 'revalidateConsumer' && wasDown(target) ? userOf(observation, target) : undefined;
    const isReady = user?.state.kind === 'present' && user.state.value.state === 'ready';
    if (isReady && typeof profileOf(user.kind).sameKeyUpdate === 'object') await store.records.sawWork(user.kind);
  }
};

/**
 * Reports the results of this key's recently ended repairs to the pace of other repairs. Makes no call where no repair
 * has ended.
 */
export const watchTrials = async (guardian: Guardian, state: KeyState, seen: KeyLook): Promise<void> => {
  const ended = endedLately(state, Date.now());
  if (ended.length === 0) return;
  await proveTrials(guardian, state, seen, ended);
  await learn(guardian, state, seen, ended);
};
