import { AsyncLocalStorage } from 'node:async_hooks';
import type { Caller } from './caller.ts';

/** Whose request is being served: what changes meanwhile was done by them. Nobody where a verb of `/_sim` does it by hand. */
export const actingCaller = new AsyncLocalStorage<Caller>();
