import * as df from 'durable-functions';
import { call, SWEEP } from '../src/durable.ts';
import { inTurns } from './turns.ts';

/** Every consumer in scope and every key they pin: the product without events. */
df.app.orchestration(SWEEP, function* (context) {
  const turns = yield* call(context, 'listScope', null);
  const { failure } = yield* inTurns(context, context.df.currentUtcDateTime.getTime(), turns, 'sweepKeys');
  yield* call(context, 'wakeLeftovers', null);
  if (failure !== undefined) throw failure;
});
