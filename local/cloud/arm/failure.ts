import type { Answer, World } from '../service.ts';
import { AzureError, errorBody } from './error.ts';

/** The answer for an error that a route threw: Azure's own error, or 500 and a line on standard error. */
export const failure = (error: unknown, world: World): Answer => {
  if (error instanceof AzureError) return { status: error.status, headers: error.headers, body: errorBody(error) };
  world.log(`the local cloud failed: ${error instanceof Error ? error.stack : String(error)}`);
  return { status: 500, body: errorBody(new AzureError(500, 'InternalServerError', 'An unexpected error occurred.')) };
};
