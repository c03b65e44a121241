/** One execution of a function. Times in ms since 1970, of the virtual clock. */
export type Execution = { readonly name: string; readonly from: number; readonly until: number };

/** As the host tells of it: `[2026-03-02T03:10:00.000Z] Executed 'Functions.probeKeys' (Succeeded, Duration=20ms)`. */
const EXECUTED = /^\[([^\]]+)\] (?:error: )?Executed 'Functions\.([^']+)' \(\w+, Duration=(\d+)ms\)/;

export const executionIn = (line: string): Execution | undefined => {
  const [, at = '', name = '', ms = ''] = EXECUTED.exec(line) ?? [];
  if (name === '') return undefined;
  const until = Date.parse(at);
  return { name, from: until - Number(ms), until };
};

/**
 * The executions that began within a run. One that begins in its last millisecond does not: a run ends right before the minute
 * in which timers are due, and what begins there is the work of a host that was started again at the same virtual time.
 */
export const executionsOf = (
  run: { readonly from: number; readonly until: number },
  executions: readonly Execution[],
): readonly Execution[] => executions.filter(({ from }) => from > run.from && from < run.until);

/** Functions with instances of their own on a Flex plan; all durable ones share theirs. */
type InstancesOf = (name: string) => string;

/** What an execution is billed for at least. */
const LEAST_MS = 1_000;

/** How long an instance is at work, each time. */
const spansOf = (executions: readonly Execution[]): readonly number[] => {
  const spans: { from: number; until: number }[] = [];
  for (const { from, until } of executions.toSorted((a, b) => a.from - b.from)) {
    const last = spans.at(-1);
    if (last === undefined || from > last.until) spans.push({ from, until });
    else last.until = Math.max(last.until, until);
  }
  return spans.map(({ from, until }) => until - from);
};

const longest = (spans: readonly number[]): number => spans.indexOf(Math.max(...spans));

/**
 * Milliseconds for which memory is billed: while executions are at work in an instance, however many at once, and a second at least
 * each time. One instance for each group of functions. The virtual clock stands still while the worker computes: `computedMs` is
 * added to the longest time at work.
 */
export const activeMs = (executions: readonly Execution[], instancesOf: InstancesOf, computedMs: number): number => {
  const groups = [...Map.groupBy(executions, ({ name }) => instancesOf(name)).values()];
  const spans = groups.flatMap(spansOf);
  const computing = longest(spans);
  return spans.reduce((sum, ms, at) => sum + Math.max(LEAST_MS, at === computing ? ms + computedMs : ms), 0);
};
