import type { Caller } from '../../caller.ts';
import type { Answer } from '../../service.ts';

/** One authenticated request to Microsoft Graph. */
export type GraphCall = {
  path: string;
  params: Record<string, string>;
  query: URLSearchParams;
  headers: Record<string, string>;
  body: unknown;
  caller: Caller;
};

export type GraphRoute = { method: string; path: string; handle(call: GraphCall): Answer };
