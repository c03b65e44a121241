import type { OrchestrationContext, OrchestrationHandler } from 'durable-functions';
import * as df from 'durable-functions';

/** The result of a yielded task, which the types of the SDK do not know. */
export type Yielded = ReturnType<typeof JSON.parse>;
export type Steps = Generator<df.Task, unknown, Yielded>;

export function orchestration(name: string, steps: (context: OrchestrationContext) => Steps): void {
  df.app.orchestration(name, steps as OrchestrationHandler);
}

export function retries(firstIntervalMs: number, attempts: number, coefficient = 1): df.RetryOptions {
  const options = new df.RetryOptions(firstIntervalMs, attempts);
  options.backoffCoefficient = coefficient;
  return options;
}

export const inMs = (context: OrchestrationContext, ms: number): Date =>
  new Date(context.df.currentUtcDateTime.getTime() + ms);

export const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]?.trim() ?? '';
