import { firstLine, inMs, orchestration, retries } from '../orchestration.ts';

orchestration('hello', function* (context) {
  const greetings: string[] = [];
  for (const name of context.df.getInput<string[]>() ?? ['world']) {
    greetings.push(yield context.df.callActivity('say', name));
  }
  return greetings;
});

orchestration('types', function* (context) {
  const values = ['text', '{"looks":"like json"}', 42, 1.5, true, null, [1, 2], { a: { b: 'c' } }, ''];
  const returned: unknown[] = [];
  for (const value of values) returned.push(yield context.df.callActivity('identity', value));
  return {
    returned,
    input: context.df.getInput(),
    metadata: yield context.df.callActivity('metadata', { x: 1 }),
  };
});

orchestration('fanOut', function* (context) {
  const calls = Array.from({ length: context.df.getInput<number>() }, (_, i) =>
    context.df.callActivity('add', { a: i, b: 1 }),
  );
  const parts: number[] = yield context.df.Task.all(calls);
  return parts.reduce((a, b) => a + b, 0);
});

orchestration('loop', function* (context) {
  for (let i = 0; i < context.df.getInput<number>(); i++) yield context.df.callActivity('identity', i);
  return 'ok';
});

orchestration('retryOk', function* (context) {
  const input = { key: context.df.instanceId, failures: 2 };
  return yield context.df.callActivityWithRetry('flaky', retries(30, 4, 2), input);
});

orchestration('retryFail', function* (context) {
  try {
    return yield context.df.callActivityWithRetry('fail', retries(20, 3), 'always');
  } catch (error) {
    const after: string = yield context.df.callActivity('say', 'after');
    return { caught: firstLine(error), after };
  }
});

orchestration('retrySub', function* (context) {
  const input = { key: context.df.instanceId, failures: 1 };
  return yield context.df.callSubOrchestratorWithRetry('childFlaky', retries(20, 3), input);
});

orchestration('childFlaky', function* (context) {
  return yield context.df.callActivity('flaky', context.df.getInput());
});

orchestration('timer', function* (context) {
  const begin = context.df.currentUtcDateTime.getTime();
  yield context.df.createTimer(inMs(context, context.df.getInput<number>()));
  return context.df.currentUtcDateTime.getTime() - begin;
});

orchestration('parent', function* (context) {
  const a: string[] = yield context.df.callSubOrchestrator('hello', ['a', 'b']);
  const b: string[] = yield context.df.callSubOrchestrator('hello', ['c'], `${context.df.instanceId}-child`);
  try {
    yield context.df.callSubOrchestrator('thrower', 'child broke');
  } catch (error) {
    return { a, b, failure: firstLine(error) };
  }
  return 'unreachable';
});

orchestration('thrower', function* (context) {
  yield context.df.callActivity('say', 'x');
  throw new Error(context.df.getInput<string>());
});

orchestration('unhandled', function* (context) {
  yield context.df.callActivity('fail', 'activity broke');
});

orchestration('napping', function* (context) {
  return yield context.df.callActivity('sleep', context.df.getInput<number>());
});

/** The processes in which so many activities of this length run, and the process of the instance's last turn. */
orchestration('whereabouts', function* (context) {
  const { activities, ms } = context.df.getInput<{ activities: number; ms: number }>();
  const calls = Array.from({ length: activities }, () => context.df.callActivity('whereIsIt', ms));
  const places: number[] = yield context.df.Task.all(calls);
  return { places, turn: process.pid };
});

orchestration('hanging', function* (context) {
  yield context.df.callActivity('hang');
});

orchestration('poisonous', function* (context) {
  yield context.df.callActivity('die');
});

/** Used by the crash tests: a chain of activities and short timers. */
orchestration('slowSteps', function* (context) {
  const sums: number[] = [];
  for (let i = 0; i < context.df.getInput<number>(); i++) {
    sums.push(yield context.df.callActivity('add', { a: i, b: i }));
    yield context.df.createTimer(inMs(context, 50));
  }
  return sums;
});
