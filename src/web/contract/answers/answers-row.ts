import type * as z from 'zod/mini';
import type { ProblemCode } from '../../problems.ts';

/** One answer that is no refusal. Without a schema it has no body, or none that is JSON. */
export type DocumentedAnswer = {
  /** In a few words, for readers of the API. */
  readonly is: string;
  readonly schema?: z.ZodMiniType;
  /** Another type instead, where the request asks for it. */
  readonly orAs?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** What a route answers, by status, and how it refuses beside what every route may. */
export type Answers = {
  readonly answers: Readonly<Record<number, DocumentedAnswer>>;
  readonly refuses: readonly ProblemCode[];
};

export const LOCATION = 'where to look';
export const RETRY_AFTER = 'seconds after which it is worth looking';
