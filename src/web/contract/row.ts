import type * as z from 'zod/mini';

/** A body that a door takes. `examples`: such as its sender would write, shown where one is not understood. */
export type Body<Schema extends z.ZodMiniType = z.ZodMiniType> = {
  readonly schema: Schema;
  readonly examples: readonly object[];
};

/** What a route takes and is for. What it answers is in answers.ts, which no request loads. */
export type ContractRow = {
  /** One sentence: what it does. */
  readonly summary: string;
  /** Names in the path, each with what it is, the form of it, and an example. What has another form names nothing. */
  readonly params?: Readonly<
    Record<string, { readonly is: string; readonly schema: z.ZodMiniType<string>; readonly example: string }>
  >;
  /** A strict object refuses every other parameter. */
  readonly query: z.ZodMiniObject;
  /** Such a query as its sender would write, without the question mark. */
  readonly exampleQuery?: string;
  readonly body?: Body;
};
