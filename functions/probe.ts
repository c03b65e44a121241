import * as df from 'durable-functions';
import { call, PROBE, waitUntil } from '../src/durable.ts';

/** The chunks are spread over most of a minute, each at the same second of every minute. */
const SPREAD_MS = 40_000;

/** Every key version in use, so far as the sweep knows them. */
df.app.orchestration(PROBE, function* (context) {
  const begun = context.df.currentUtcDateTime.getTime();
  const chunks = yield* call(context, 'listPinned', null);
  for (const [at, chunk] of chunks.entries()) {
    const turn = new Date(begun + (at * SPREAD_MS) / chunks.length);
    if (turn > context.df.currentUtcDateTime) yield* waitUntil(context, turn.toISOString());
    const { backOffUntil } = yield* call(context, 'probeKeys', chunk);
    if (backOffUntil !== undefined) yield* waitUntil(context, backOffUntil);
  }
});
