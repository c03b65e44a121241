import { WorkerDied, WorkerLost } from '../worker/worker-errors.ts';
import { createInstance } from './create-instance.ts';
import { historyEvent } from './history.ts';
import { HubError } from './hub-error.ts';
import { ATTEMPTS, deliver, type HubState, poisonous, track, untilVisible } from './hub-state.ts';
import type { Command } from './replay/replay-state.ts';
import { type ActivityCall, activityFailed, runActivity } from './run-activity.ts';

/** The execution that a command belongs to. */
export type Owner = { instanceId: string; executionId: string };

/** Starts the work that a step has scheduled. The outcome comes back as a message. */
export function dispatch(hub: HubState, owner: Owner, command: Command): void {
  switch (command.kind) {
    case 'timer':
      hub.timers.arm(owner.instanceId, owner.executionId, command.id, command.fireAt);
      break;
    case 'sub':
      startChild(hub, owner, command);
      break;
    case 'task':
      void track(hub, () => callActivity(hub, owner, command));
  }
}

function startChild(hub: HubState, owner: Owner, { id, name, instanceId, input }: Command & { kind: 'sub' }): void {
  const existing = hub.instances.get(instanceId)?.parent;
  if (existing?.executionId === owner.executionId && existing.taskId === id) return;
  try {
    createInstance(hub, {
      instanceId,
      name,
      input,
      parent: { instanceId: owner.instanceId, executionId: owner.executionId, taskId: id },
    });
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    const failure = { TaskScheduledId: id, Reason: error.message, Details: '', FailureDetails: null };
    const event = historyEvent('SubOrchestrationInstanceFailed', failure);
    deliver(hub, owner.instanceId, owner.executionId, event);
  }
}

/**
 * An activity whose worker died or was lost runs again, at any worker with room: activities run at least once, as on
 * Azure.
 */
async function callActivity(hub: HubState, { instanceId, executionId }: Owner, call: ActivityCall): Promise<void> {
  for (let attempt = 1; !hub.draining; attempt++) {
    try {
      const outcome = await hub.crew.activity((functions) => runActivity(functions, instanceId, call));
      return deliver(hub, instanceId, executionId, outcome);
    } catch (error) {
      if (!(error instanceof WorkerDied)) throw error;
      if (error instanceof WorkerLost) await untilVisible(hub, hub.visibility.workItemMs);
      if (attempt < ATTEMPTS) continue;
      const event = activityFailed(call.id, call.name, poisonous('activity', call.name, error), '');
      return deliver(hub, instanceId, executionId, event);
    }
  }
}
