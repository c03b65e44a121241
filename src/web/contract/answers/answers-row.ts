import type * as z from 'zod/mini';
import type { ProblemCode } from '../../problems.ts';

/** One answer that is not a refusal. Without a schema it has no body, or a body that is not JSON. */
export type DocumentedAnswer = {
  /** In a few words, for readers of the API document. */
  readonly is: string;
  readonly schema?: z.ZodMiniType;
  /** Another media type, where the request asks for it. */
  readonly orAs?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** The answers of a route, by status, and its refusals beside those of every route. */
export type Answers = {
  readonly answers: Readonly<Record<number, DocumentedAnswer>>;
  readonly refuses: readonly ProblemCode[];
};

export const LOCATION = 'where to look';
export const RETRY_AFTER = 'seconds after which it is worth looking';
