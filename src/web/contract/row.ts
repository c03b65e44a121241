import type * as z from 'zod/mini';

/** The body of a route. `examples`: such as a caller would write, shown where a body is not understood. */
export type Body<Schema extends z.ZodMiniType = z.ZodMiniType> = {
  readonly schema: Schema;
  readonly examples: readonly object[];
};

/** The parameters, body and purpose of a route. Its answers are in answers.ts, which is not loaded to serve a request. */
export type ContractRow = {
  /** One sentence: what the route does. */
  readonly summary: string;
  /** The route that a caller takes instead, where this one is an earlier name of it that the next version does not know. */
  readonly instead?: string;
  /** The names in the path, each with its meaning, its form and an example. A name of another form gives 404. */
  readonly params?: Readonly<
    Record<string, { readonly is: string; readonly schema: z.ZodMiniType<string>; readonly example: string }>
  >;
  /** The query. A strict object refuses every other parameter. */
  readonly query: z.ZodMiniObject;
  /** A query such as a caller would write, without the question mark. */
  readonly exampleQuery?: string;
  readonly body?: Body;
};
