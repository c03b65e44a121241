import type * as df from 'durable-functions';
import { inMs, orchestration } from '../orchestration.ts';

// Left out on request, so that a running instance loses its orchestrator.
if (process.env['WITHOUT_APPROVAL'] === undefined) {
  orchestration('approval', function* (context) {
    context.df.setCustomStatus({ stage: 'waiting' });
    const timeout = context.df.createTimer(inMs(context, context.df.getInput<number>()));
    const approval = context.df.waitForExternalEvent('approval');
    const winner: df.Task = yield context.df.Task.any([approval, timeout]);
    if (winner !== approval) return 'timed out';
    timeout.cancel();
    context.df.setCustomStatus({ stage: 'approved' });
    return { approved: approval.result, note: yield context.df.callActivity('say', 'approved') };
  });
}

orchestration('eternal', function* (context) {
  const state = context.df.getInput<{ n: number; sum: number }>();
  context.df.setCustomStatus({ iteration: state.n });
  const sum: number = yield context.df.callActivity('add', { a: state.sum, b: state.n });
  if (state.n >= 5) return sum;
  context.df.continueAsNew({ n: state.n + 1, sum });
  return null;
});

/** Collects events across generations. */
orchestration('collector', function* (context) {
  const state = context.df.getInput<{ got: unknown[]; want: number }>();
  state.got.push(yield context.df.waitForExternalEvent('item'));
  if (state.got.length >= state.want) return state.got;
  context.df.continueAsNew(state);
  return null;
});

/** Loses the events that it has not read. */
orchestration('forgetful', function* (context) {
  const generation = context.df.getInput<{ n: number }>();
  if (generation.n > 1) return 'done';
  yield context.df.waitForExternalEvent('go');
  context.df.continueAsNew({ n: 2 });
  return null;
});

/** Two waiters for events of one name, and an event that comes before any waiter. */
orchestration('events', function* (context) {
  const waiters = [context.df.waitForExternalEvent('e'), context.df.waitForExternalEvent('e')];
  const both: unknown[] = yield context.df.Task.all(waiters);
  yield context.df.createTimer(inMs(context, 100));
  const third: unknown = yield context.df.waitForExternalEvent('late');
  return { both, third };
});
