import type { Clock } from '../../clock/clock.ts';
import type { Caller } from '../caller.ts';
import { guid } from '../draw.ts';

/** The role assignment that allowed the write. */
export type Evidence = {
  role: string;
  roleAssignmentScope: string;
  roleAssignmentId: string;
  roleDefinitionId: string;
  principalId: string;
  principalType: string;
};

/** One write through Resource Manager, when it was over. `target` is the resource, without the name of a POST action. */
export type ArmWrite = {
  id: string;
  at: number;
  kind: 'Write' | 'Delete' | 'Action';
  status: 'Succeeded' | 'Failed';
  /** The status of the answer; for a long-running operation the status at its end. */
  httpStatus: number;
  error?: { code: string; message: string };
  method: string;
  url: string;
  target: string;
  operationName: string;
  subscription: string;
  correlationId: string;
  requestId: string;
  caller: Caller;
  evidence?: Evidence;
  /** Whether the target was there before. */
  existed: boolean;
};

/** Every write of the world, in the order in which they ended. Event Grid and the activity log listen. */
export type Activity = {
  record(write: Omit<ArmWrite, 'id' | 'at'>): ArmWrite;
  writes(): ArmWrite[];
  onWrite(listener: (write: ArmWrite) => void): void;
};

export const createActivity = (clock: Clock): Activity => {
  const writes: ArmWrite[] = [];
  const listeners: ((write: ArmWrite) => void)[] = [];
  return {
    record: (given) => {
      const id = guid('write', given.target.toLowerCase(), writes.length);
      const write = { ...given, id, at: clock.now() };
      writes.push(write);
      for (const listener of listeners) listener(write);
      return write;
    },
    writes: () => [...writes],
    onWrite: (listener) => {
      listeners.push(listener);
    },
  };
};
