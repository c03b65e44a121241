import { apiVersion } from '../../remediation/model/api-versions.ts';
import { whyUnusable } from '../../remediation/observation/key-works.ts';
import type { SpecOf } from '../../remediation/steps/steps.ts';
import type { MachineFacts } from '../consumers/machines.ts';
import type { ArmWrite } from '../http/arm-client.ts';
import { blocked, type NotWritable, readPinning } from './read-consumer.ts';
import { readMarks, whyUnread } from './read-marks.ts';
import { sendWrite } from './send-write.ts';
import { lookAgainAt, type Target } from './target.ts';
import type { TargetSources } from './target-sources.ts';

type StartVirtualMachines = SpecOf<'startVirtualMachines'>;

const API = apiVersion('Microsoft.Compute/virtualMachines');

/** Why this machine must not be started now. */
const obstacle = (
  { isBusy, name, power, raw, setIds }: MachineFacts,
  { consumerId }: StartVirtualMachines['parameters'],
): NotWritable | undefined => {
  const why = `${name} is ${raw}`;
  if (isBusy) return { kind: 'operationInProgress', until: lookAgainAt(undefined, Date.now()), why };
  if (power === 'running') return { kind: 'noDrift', why };
  if (power === 'other') return blocked(why);
  return setIds.includes(consumerId.toLowerCase()) ? undefined : blocked(`no disk of ${name} uses ${consumerId}`);
};

/**
 * Reads the machine, its disk encryption set, and the set's vault and key version: 3 ARM calls, one of the data plane,
 * and one more for each disk that does not show its set. Sending is one POST, which is long-running.
 */
export const readStartVirtualMachines = async (
  { connection, ...sources }: TargetSources,
  { parameters, target }: StartVirtualMachines,
): Promise<Target> => {
  const read = await sources.estate.readMachine(target);
  if (read.kind !== 'present') return blocked(whyUnread(read, target));
  const machine = read.value;
  const held = obstacle(machine, parameters);
  if (held) return held;
  const set = await readPinning(sources.estate, { target: parameters.consumerId, kid: parameters.kid });
  if (set.kind !== 'writable') return set;
  const key = await readMarks(sources, set.use.pinned, { its: parameters });
  if (key.kind !== 'present') return blocked(whyUnread(key, set.use.pinned.kid));
  const why = whyUnusable(key.value.facts, new Date());
  if (why !== undefined) return blocked(why);
  const start: ArmWrite = { method: 'POST', path: `${target}/start`, apiVersion: API };
  return {
    kind: 'drift',
    why: `${machine.name} is ${machine.raw}`,
    tagged: [machine, set.use, ...key.value.tagged],
    send: sendWrite(connection, start, { what: `the start of ${machine.name}`, scope: target }),
  };
};
