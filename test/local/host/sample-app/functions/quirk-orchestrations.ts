import * as df from 'durable-functions';
import { firstLine, inMs, orchestration, retries, type Yielded } from '../orchestration.ts';

/** Many overlapping retries, timers and sub-orchestrations: stresses the alignment of sequence numbers. */
orchestration('mix', function* (context) {
  const { df: durable } = context;
  const key = durable.instanceId;
  const r1: unknown = yield durable.Task.all([
    durable.callActivityWithRetry('flaky', retries(15, 5), { key: `${key}a`, failures: 2 }),
    durable.callSubOrchestratorWithRetry('childFlaky', retries(10, 4), { key: `${key}b`, failures: 1 }),
    durable.createTimer(inMs(context, 40)),
    durable.callActivity('sleep', 25),
    durable.callActivityWithRetry('flaky', retries(5, 5), { key: `${key}c`, failures: 3 }),
  ]);
  const slow = durable.callActivity('sleep', 120);
  const fast = durable.callActivityWithRetry('flaky', retries(5, 3), { key: `${key}d`, failures: 1 });
  const first: df.Task = yield durable.Task.any([slow, fast]);
  let failed = '';
  try {
    yield durable.Task.all([
      durable.callActivityWithRetry('flaky', retries(30, 4), { key: `${key}e`, failures: 2 }),
      durable.callActivity('fail', 'fast failure'),
    ]);
  } catch (error) {
    failed = firstLine(error);
  }
  const next: string = yield durable.callActivity('say', 'next');
  const s: number = yield slow;
  return { r1, first: first === fast, failed, next, s, guid: durable.newGuid(key).length };
});

/** A sliding window: tasks that were scheduled before are awaited again inside a new Task.any. */
orchestration('window', function* (context) {
  const todo = [50, 20, 30, 10, 5];
  const running: df.Task[] = [];
  const done: unknown[] = [];
  while (todo.length > 0 || running.length > 0) {
    while (todo.length > 0 && running.length < 2) running.push(context.df.callActivity('sleep', todo.shift()));
    const task: df.Task = yield context.df.Task.any(running);
    running.splice(running.indexOf(task), 1);
    done.push(task.result);
  }
  return done;
});

let flipped = false;
orchestration('nondeterministic', function* (context) {
  flipped = !flipped;
  yield context.df.callActivity(flipped ? 'say' : 'identity', 'a');
  yield context.df.callActivity('say', 'b');
});

orchestration('retryTimeout', function* (context) {
  const options = retries(50, 10);
  options.retryTimeoutInMilliseconds = 120;
  try {
    yield context.df.callActivityWithRetry('fail', options, 'x');
  } catch {
    return 'caught';
  }
  return 'unreachable';
});

orchestration('canString', function* (context) {
  const input: string = yield context.df.callActivity('identity', context.df.getInput());
  if (input !== 'first') return input;
  context.df.continueAsNew('second');
  return null;
});

orchestration('timestampInput', function* (context) {
  const input = context.df.getInput<Yielded>();
  yield context.df.callActivity('say', 'x');
  return { type: Object.prototype.toString.call(input.Timestamp), lower: typeof input.timestamp };
});

orchestration('falsyStatus', function* (context) {
  context.df.setCustomStatus('busy');
  yield context.df.callActivity('say', 'x');
  context.df.setCustomStatus(null);
  return 1;
});

orchestration('largeStatus', function* (context) {
  context.df.setCustomStatus('x'.repeat(10_000));
  yield context.df.callActivity('say', 'x');
});

/** Returns while a timer is still pending. */
orchestration('openTimer', function* (context) {
  const timer = context.df.createTimer(inMs(context, 600));
  yield context.df.Task.any([timer, context.df.callActivity('say', 'x')]);
  return 'returned';
});

const replaying: boolean[] = [];
orchestration('replaying', function* (context) {
  replaying.push(context.df.isReplaying);
  yield context.df.callActivity('say', '1');
  replaying.push(context.df.isReplaying);
  yield context.df.callActivity('say', '2');
  replaying.push(context.df.isReplaying);
  return replaying;
});

orchestration('missing', function* (context) {
  const failures: string[] = [];
  try {
    yield context.df.callSubOrchestrator('doesNotExist');
  } catch (error) {
    failures.push(firstLine(error));
  }
  try {
    yield context.df.callActivity('noActivity');
  } catch (error) {
    failures.push(firstLine(error));
  }
  return failures;
});

orchestration('callHttp', function* (context) {
  return yield context.df.callHttp({ method: 'GET', url: 'http://localhost/' });
});

orchestration('callEntity', function* (context) {
  return yield context.df.callEntity(new df.EntityId('Counter', 'x'), 'get');
});
