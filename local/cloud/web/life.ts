import type { World } from '../service.ts';
import type { HostSpec, SiteHost, SiteRuntime } from './runtime.ts';

/** The visible state of a site's host. `errors` are sentences for people. */
export type LifeState =
  | { kind: 'starting'; errors: readonly string[] }
  | { kind: 'running'; host: SiteHost }
  | { kind: 'over' };

/**
 * One life of a host, from a start until `end`. A host that ends by itself, or whose start is hindered, starts again after a
 * wait.
 */
export type Life = { state(): LifeState; end(): Promise<void> };

export type LifeParts = {
  world: Pick<World, 'clock' | 'log'>;
  runtime: SiteRuntime;
  /** The reasons why the host cannot start at this moment. */
  obstacles(): string[];
  spec(): HostSpec;
  /** Called with each host that runs. */
  started(host: SiteHost): void;
};

const SECOND = 1_000;
/** Flex Consumption starts an instance within seconds; 30 s are its limit. */
const COLD_START_MS = 5 * SECOND;
/** The Functions host waits longer from attempt to attempt, two minutes at most (ScriptHostService). */
const LONGEST_WAIT_MS = 120 * SECOND;
/**
 * Azure, too, gives up a worker after three failed starts in a row. An obstacle before the start is waited out without a limit.
 */
const STARTS_BEFORE_GIVING_UP = 3;

const waitAfter = (attempt: number): number => Math.min(SECOND * 2 ** attempt, LONGEST_WAIT_MS);

export const beginLife = (parts: LifeParts): Life => {
  const { clock, log } = parts.world;
  let state: LifeState = { kind: 'starting', errors: [] };
  let [attempts, failed, isOver] = [0, 0, false];

  const later = (ms: number): void => void clock.setTimeout(() => void clock.hold(attempt), ms);
  const hinder = (errors: readonly string[]): void => {
    state = { kind: 'starting', errors };
    attempts += 1;
    if (failed < STARTS_BEFORE_GIVING_UP) later(waitAfter(attempts));
  };
  const watch = (host: SiteHost): void => {
    void host.gone.then(() => {
      if (isOver) return;
      log('a host of a site has ended, and starts again');
      hinder(['The host process has ended.']);
    });
  };
  const start = async (): Promise<void> => {
    const host = await parts.runtime.start(parts.spec());
    if (isOver) return host.kill();
    [attempts, failed] = [0, 0];
    state = { kind: 'running', host };
    watch(host);
    parts.started(host);
  };
  const attempt = async (): Promise<void> => {
    if (isOver) return;
    const errors = parts.obstacles();
    if (errors.length > 0) return hinder(errors);
    await start().catch((error: Error) => {
      failed += 1;
      log(error.message);
      hinder([error.message]);
    });
  };

  later(COLD_START_MS);
  return {
    state: () => state,
    end: async () => {
      isOver = true;
      const ended = state;
      state = { kind: 'over' };
      if (ended.kind === 'running') await ended.host.kill();
    },
  };
};
