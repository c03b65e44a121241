import { type AppFunctions, findFunction } from './app-functions.ts';
import type { EventGridFunction } from './http/event-grid-webhook.ts';
import type { Invoke } from './invoker.ts';
import type { Log } from './log.ts';
import type { TypedData } from './worker/protocol.ts';

/** @returns null if the app has no Event Grid function with that name */
export function findEventGridFunction(
  functions: AppFunctions,
  invoke: Invoke,
  log: Log,
  name: string,
): EventGridFunction | null {
  const fn = findFunction(functions, 'eventGridTrigger', name);
  if (!fn) return null;
  return {
    takesBatch: fn.trigger.cardinality === 'many',
    run: async (value) => {
      try {
        await invoke(fn, toTypedData(value), { data: { json: JSON.stringify(dataOf(value)) } });
      } catch (error) {
        log('error', `${fn.name}: ${error instanceof Error ? error.message : error}`);
        throw error;
      }
    },
  };
}

const toTypedData = (value: unknown): TypedData =>
  Array.isArray(value)
    ? { collectionString: { string: value.map((event) => JSON.stringify(event)) } }
    : { json: JSON.stringify(value) };

function dataOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dataOf);
  return (value as { data?: unknown } | null)?.data ?? null;
}
