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

const ownMs = (executions: readonly Execution[]): number => {
  let sum = 0;
  let from = Number.NEGATIVE_INFINITY;
  let until = Number.NEGATIVE_INFINITY;
  const end = (): void => {
    if (until >= from && Number.isFinite(from)) sum += Math.max(LEAST_MS, until - from);
  };
  for (const one of executions.toSorted((a, b) => a.from - b.from)) {
    if (one.from > until) {
      end();
      ({ from, until } = one);
    } else until = Math.max(until, one.until);
  }
  end();
  return sum;
};

/**
 * Milliseconds for which memory is billed: while executions are at work in an instance, however many at once, and a second at least
 * each time. One instance for each group of functions.
 */
export const activeMs = (executions: readonly Execution[], instancesOf: InstancesOf): number =>
  [...Map.groupBy(executions, ({ name }) => instancesOf(name)).values()].reduce((sum, own) => sum + ownMs(own), 0);
