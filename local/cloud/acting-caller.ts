import { AsyncLocalStorage } from 'node:async_hooks';
import type { Caller } from './caller.ts';

/**
 * The caller of the request that is being served: every change meanwhile is written under this caller. Empty where a verb of
 * `/_sim` makes the change by hand.
 */
export const actingCaller = new AsyncLocalStorage<Caller>();
