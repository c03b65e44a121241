import { shutDown } from '../../diagnosis/ran-before.ts';
import { keyOfConsumer } from '../../observation/key-of-consumer.ts';
import { userOf } from '../../observation/pins.ts';
import { instruct, type Remedy, steps } from '../remedy.ts';

/** Starts the machines that ran before, one step for each: a person who shut one down on purpose can reject that one only. */
export const startMachines: Remedy = ({ target }, context) => {
  const consumer = userOf(context.observation, target);
  if (consumer === undefined) return instruct();
  const its = keyOfConsumer(consumer, context);
  const ids = shutDown(consumer, context).map(({ id }) => id.toLowerCase());
  return steps(
    ...ids
      .toSorted()
      .map((id) => ({ kind: 'startVirtualMachines', target: id, parameters: { ...its, consumerId: target } }) as const),
  );
};
