import { AsyncLocalStorage } from 'node:async_hooks';
import type { InvocationContext } from '@azure/functions';

/** Where the lines of an invocation go: the host keeps them with its id, in Azure as traces of that operation. */
export type Log = Pick<InvocationContext, 'log' | 'warn'>;

export type Invocation = Log & Pick<InvocationContext, 'traceContext'>;

const current = new AsyncLocalStorage<Invocation>();

/** What belongs to no invocation. Azure's host keeps what its worker writes there, without an operation. */
const nobody: Log = {
  log: (line: string) => process.stderr.write(`${line}\n`),
  warn: (line: string) => process.stderr.write(`warning: ${line}\n`),
};

/** Does this work as a part of the invocation: whatever is said meanwhile, however deep, goes into its log. */
export const withinInvocation = <Value>(context: Invocation, work: () => Promise<Value>): Promise<Value> =>
  current.run(context, work);

/** The span that the host has for this invocation (W3C traceparent). */
export const hostSpan = (): string | undefined => current.getStore()?.traceContext?.traceParent;

/** A line for who operates the product. */
export const log = (line: string): void => (current.getStore() ?? nobody).log(line);

/** A line for a person who must do something: nothing mends it by itself. */
export const warn = (line: string): void => (current.getStore() ?? nobody).warn(line);
