import { WorkerDied, WorkerLost } from '../worker/worker-errors.ts';
import { dispatch } from './dispatch.ts';
import { EventType } from './history.ts';
import { ATTEMPTS, commit, type HubState, poisonous, track, untilVisible } from './hub-state.ts';
import { type Instance, isTerminal } from './instance.ts';
import type { DurableFunctions } from './invoke-durable.ts';
import { beginTurn, planControl, planFailure, planOutcome, playableHistory, type StepPlan } from './plan-step.ts';
import type { TimerLimits } from './replay/replay-state.ts';
import { runOrchestrator } from './run-orchestrator.ts';

/** Azure Storage: `MaximumDelayTime` and `LongRunningTimerIntervalLength` of the extension's provider. */
const TIMER_LIMITS: TimerLimits = { maximumShortTimerMs: 6 * 86_400_000, longTimerIntervalMs: 3 * 86_400_000 };

/** Runs turns of an instance as long as it has messages. An instance has at most one turn at a time. */
export function wakeInstance(hub: HubState, instanceId: string): void {
  const instance = hub.instances.get(instanceId);
  if (!instance || hub.draining || hub.busy.has(instanceId) || !hasWork(instance)) return;
  if (hub.mishaps.hangs(instance)) return;
  hub.busy.add(instanceId);
  void track(hub, async () => {
    await takeTurnSomewhere(hub, instance);
    hub.busy.delete(instanceId);
    wakeInstance(hub, instanceId);
  });
}

/**
 * Whether the start message of the instance was lost. Such an instance can read no message, not even a termination
 * (durable-extension #1715).
 */
const wasNeverStarted = ({ history, inbox }: Instance): boolean =>
  history.length === 0 && !inbox.some(({ EventType: type }) => type === EventType.ExecutionStarted);

/** A suspended instance only handles messages that end its suspension. */
function hasWork(instance: Instance): boolean {
  const { status, inbox } = instance;
  if (isTerminal(status) || wasNeverStarted(instance)) return false;
  if (status !== 'Suspended') return inbox.length > 0;
  return inbox.some(
    ({ EventType: type }) => type === EventType.ExecutionResumed || type === EventType.ExecutionTerminated,
  );
}

/**
 * A turn of a lost worker is not repeated until its messages are visible again. Then the new holder of the partition
 * runs it.
 */
async function takeTurnSomewhere(hub: HubState, instance: Instance): Promise<void> {
  try {
    await hub.crew.turn(instance.instanceId, (functions) => takeTurn(hub, functions, instance));
  } catch (error) {
    if (!(error instanceof WorkerLost)) throw error;
    await untilVisible(hub, hub.visibility.controlQueueMs);
  }
}

async function takeTurn(hub: HubState, functions: DurableFunctions, instance: Instance): Promise<void> {
  const plan = await planTurn(hub, functions, instance);
  const { instanceId, executionId } = instance;
  if (hub.draining || hub.instances.get(instanceId) !== instance) return;
  for (const warning of plan.warnings) warnOnce(hub, instance, warning);
  commit(hub, plan.records);
  const after = hub.instances.get(instanceId);
  if (after?.executionId !== executionId || isTerminal(after.status)) hub.timers.dropAll(instanceId);
  else hub.timers.cancel(instanceId, after.cancelledTimers);
  for (const command of plan.commands) dispatch(hub, { instanceId, executionId }, command);
}

async function planTurn(hub: HubState, functions: DurableFunctions, instance: Instance): Promise<StepPlan> {
  const turn = beginTurn(instance);
  const controlled = planControl(turn);
  if (controlled) return controlled;
  for (let attempt = 1; ; attempt++) {
    try {
      const outcome = await runOrchestrator(functions, instance, playableHistory(turn), TIMER_LIMITS);
      return planOutcome(turn, outcome, TIMER_LIMITS);
    } catch (error) {
      if (error instanceof WorkerLost) throw error;
      if (!(error instanceof WorkerDied)) hub.log('error', `${instance.name} (${instance.instanceId}): ${text(error)}`);
      if (attempt >= ATTEMPTS) return planFailure(turn, poisonous('orchestrator', instance.name, error), '');
    }
  }
}

const text = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

function warnOnce(hub: HubState, { name, instanceId }: Instance, warning: string): void {
  if (hub.warned.has(`${name}: ${warning}`)) return;
  hub.warned.add(`${name}: ${warning}`);
  hub.log('warning', `orchestrator '${name}' (${instanceId}): ${warning}`);
}
