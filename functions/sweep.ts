import * as df from 'durable-functions';
import { call, SWEEP } from '../src/durable.ts';

/** Every consumer in scope and every key they pin: the product without events. */
df.app.orchestration(SWEEP, function* (context) {
  const chunks = yield* call(context, 'listScope', null);
  for (const chunk of chunks) yield* call(context, 'sweepKeys', chunk);
  yield* call(context, 'wakeLeftovers', null);
});
