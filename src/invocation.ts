import { AsyncLocalStorage } from 'node:async_hooks';
import type { InvocationContext } from '@azure/functions';

/**
 * The log of an invocation. The host keeps its lines with the id of the invocation; in Azure they are traces of that
 * operation.
 */
export type Log = Pick<InvocationContext, 'log' | 'warn'>;

export type Invocation = Log & Pick<InvocationContext, 'traceContext'>;

const current = new AsyncLocalStorage<Invocation>();

/**
 * The log of lines that belong to no invocation. Azure's host keeps what its worker writes to the error output, without an
 * operation.
 */
const nobody: Log = {
  log: (line: string) => process.stderr.write(`${line}\n`),
  warn: (line: string) => process.stderr.write(`warning: ${line}\n`),
};

/**
 * Runs this work as a part of the invocation: every line that it logs, at any depth, goes into the log of the
 * invocation.
 */
export const withinInvocation = <Value>(context: Invocation, work: () => Promise<Value>): Promise<Value> =>
  current.run(context, work);

/** The span that the host has for this invocation (W3C traceparent). */
export const hostSpan = (): string | undefined => current.getStore()?.traceContext?.traceParent;

/** A line for the operators of the product. */
export const log = (line: string): void => (current.getStore() ?? nobody).log(line);

/** A line for a person who must act: the product does not mend this by itself. */
export const warn = (line: string): void => (current.getStore() ?? nobody).warn(line);
