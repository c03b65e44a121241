import type { TypedData } from '../worker/protocol.ts';

export type DurableTrigger = 'orchestrationTrigger' | 'activityTrigger';

/** The task hub's access to the app. */
export type DurableFunctions = {
  has(trigger: DurableTrigger, name: string): boolean;
  /**
   * @returns the result as JSON text, null for none
   * @throws FunctionThrew, WorkerDied
   */
  invoke(
    trigger: DurableTrigger,
    name: string,
    data: TypedData,
    metadata: Record<string, TypedData>,
  ): Promise<string | null>;
};

/** A function's result as the WebJobs host would store it: JSON text. */
export function toJsonText(data: TypedData | null | undefined): string | null {
  if (data?.string !== undefined) return JSON.stringify(data.string);
  if (data?.json !== undefined) return data.json;
  if (data?.int !== undefined) return String(data.int);
  if (data?.double !== undefined) return String(data.double);
  if (data?.bytes !== undefined) return JSON.stringify(Buffer.from(data.bytes).toString('base64'));
  return null;
}
