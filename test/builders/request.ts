import { type Caller, KEY_HOLDER } from '../../src/web/callers.ts';
import type { DoorRequest } from '../../src/web/door.ts';
import { BOUNDS, type SentBody, toDoorRequest } from '../../src/web/read-body.ts';

type Sent = { readonly caller?: Caller; readonly body?: SentBody };

const NONE: SentBody = { chunks: [] };

/** A request to a route, of a holder of the function key unless the test says otherwise. `query`: as the contract has read it. */
export const requestWith = <const Query>(
  query: Query,
  { body = NONE, caller = KEY_HOLDER }: Sent = {},
): DoorRequest<Query> => toDoorRequest({ params: {}, query, body, caller }, BOUNDS.command);

/** A body that shows whether a reader has begun to read it. */
export const watchedBody = (text: string): { readonly body: SentBody; readonly isRead: () => boolean } => {
  let isRead = false;
  function* chunks() {
    isRead = true;
    yield Buffer.from(text);
  }
  return { body: { chunks: chunks() }, isRead: () => isRead };
};
