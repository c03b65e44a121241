import type { Instance } from '../instance.ts';
import { historyPayload, parseText } from './history-payload.ts';
import type { Shown } from './shown.ts';

/** The answer to a status query, with times in whole seconds as the extension gives them. */
export function statusPayload(instance: Instance, shown: Shown): object {
  const { name, instanceId, status, input, customStatus, output, createdTime, lastUpdatedTime, history } = instance;
  return {
    name,
    instanceId,
    runtimeStatus: status,
    input: shown.input ? parseText(input) : null,
    customStatus: parseText(customStatus),
    output: parseText(output),
    createdTime: wholeSeconds(createdTime),
    lastUpdatedTime: wholeSeconds(lastUpdatedTime),
    ...(shown.history && status !== 'Pending' && { historyEvents: historyPayload(history, shown) }),
  };
}

const wholeSeconds = (time: string): string => `${time.slice(0, 19)}Z`;
