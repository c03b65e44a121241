import { HubError } from './hub-error.ts';
import { commit, type HubState } from './hub-state.ts';
import { type Instance, isTerminal, type NewInstance, newInstance } from './instance.ts';

/** @throws HubError 400 for a bad name or id, 409 if an instance with that id has not ended */
export function createInstance(hub: HubState, start: NewInstance): Instance {
  if (!hub.crew.has('orchestrationTrigger', start.name)) {
    const what = `The function '${start.name}' doesn't exist, is disabled, or is not an orchestrator function.`;
    throw new HubError(400, what);
  }
  refuseBadId(start.instanceId);
  const old = hub.instances.get(start.instanceId);
  if (old && !isTerminal(old.status)) {
    throw new HubError(409, `An Orchestration instance with the status ${old.status} already exists.`);
  }
  const instance = newInstance(start, new Date());
  const isLost = hub.mishaps.losesStart(start.instanceId);
  commit(hub, [{ kind: 'put', instance: isLost ? { ...instance, inbox: [] } : instance }]);
  return instance;
}

function refuseBadId(instanceId: string): void {
  if (instanceId.startsWith('@')) throw new HubError(400, 'Orchestration instance ids must not start with @.');
  if (/[/\\#?\p{Cc}]/u.test(instanceId)) {
    throw new HubError(400, 'Orchestration instance ids must not contain /, \\, #, ?, or control characters.');
  }
}
