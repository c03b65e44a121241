import type { AppFunction } from './app-functions.ts';
import type { Invoke } from './invoker.ts';
import type { Log } from './log.ts';

const REASONS: Readonly<Record<string, string>> = {
  httpTrigger: 'This function was programmatically called via the host APIs.',
  eventGridTrigger: 'EventGrid trigger fired',
};

const reasonOf = ({ trigger: { type } }: AppFunction): string =>
  type === 'timerTrigger' ? `Timer fired at ${new Date().toISOString()}` : (REASONS[type] ?? '(null)');

/** The log lines of Azure's host for every invocation, at level Information, in the category `Function.{name}`. */
export const tellInvocations =
  (invoke: Invoke, log: Log): Invoke =>
  async (fn, ...asked) => {
    const began = Date.now();
    const ended = (how: string): string => `Executed 'Functions.${fn.name}' (${how}, Duration=${Date.now() - began}ms)`;
    log('information', `Executing 'Functions.${fn.name}' (Reason='${reasonOf(fn)}')`);
    try {
      const response = await invoke(fn, ...asked);
      log('information', ended('Succeeded'));
      return response;
    } catch (error) {
      log('error', ended('Failed'));
      throw error;
    }
  };
