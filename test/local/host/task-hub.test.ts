import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { DurableCrew } from '../../../local/host/durable/durable-crew.ts';
import { historyEvent } from '../../../local/host/durable/history.ts';
import type { DurableFunctions } from '../../../local/host/durable/invoke-durable.ts';
import { openJournal } from '../../../local/host/durable/journal.ts';
import { createTaskHub, type TaskHub } from '../../../local/host/durable/task-hub.ts';
import { WorkerDied } from '../../../local/host/worker/worker-errors.ts';
import { newFolder } from './host-process.ts';

const HOUR = 3_600_000;

/** One worker, which has room for everything. */
const crewOf = (functions: DurableFunctions): DurableCrew => ({
  has: functions.has,
  turn: (_, work) => work(functions),
  activity: (work) => work(functions),
});

/** A hub whose orchestrators all answer in the same way. */
function hubAnswering(invoke: DurableFunctions['invoke']): TaskHub {
  const instances = new Map();
  return createTaskHub({
    instances,
    journal: openJournal(path.join(newFolder(), 'hub.jsonl'), instances, () => {}),
    crew: crewOf({ has: () => true, invoke }),
    visibility: { controlQueueMs: 0, workItemMs: 0 },
    log: () => {},
  });
}

async function outcomeOf(invoke: DurableFunctions['invoke']): Promise<unknown> {
  const hub = hubAnswering(invoke);
  const { instanceId } = hub.start('story', null, null);
  await hub.untilEnded(instanceId, HOUR);
  const instance = hub.instances.get(instanceId);
  return [instance?.status, JSON.parse(instance?.output ?? 'null')];
}

describe('a step that can never succeed', () => {
  it('because the host itself fails at it, fails the instance after ten attempts', async () => {
    const given = "The orchestrator function 'story' was given up after 10 attempts: Unexpected token";
    expect(await outcomeOf(async () => 'no JSON')).toEqual(['Failed', expect.stringContaining(given)]);
  });

  it('because its worker always dies, fails the instance after ten attempts', async () => {
    const dying = async () => {
      throw new WorkerDied('killed');
    };
    expect(await outcomeOf(dying)).toEqual(['Failed', expect.stringContaining('after 10 attempts: killed')]);
  });
});

describe('suspension', () => {
  it('that comes in one batch with a resumption before it, is kept', async () => {
    const waiting = { isDone: false, actions: [[{ actionType: 6, externalEventName: 'go' }]], schemaVersion: 3 };
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const hub = hubAnswering(async () => {
      await gate;
      return JSON.stringify(waiting);
    });
    const { instanceId } = hub.start('story', null, null);
    hub.send(instanceId, historyEvent('ExecutionResumed', { Reason: null }));
    hub.send(instanceId, historyEvent('ExecutionSuspended', { Reason: null }));
    release();
    while (hub.instances.get(instanceId)?.status !== 'Suspended') await setImmediate();
    expect(hub.instances.get(instanceId)).toMatchObject({ inbox: [] });
  });
});
