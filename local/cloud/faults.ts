import { draw } from './draw.ts';
import type { Spoiling } from './spoil.ts';

/**
 * `answer` is an answer that Azure gives, with the status, code and text, or the whole body, of the fault; `spoilt` is the true
 * answer with parts of it replaced or left out; `reset-after` does the work and loses the answer; `timeout` never answers; the
 * numbers are HTTP statuses. 403 is the sign of a platform incident: Key Vault refused valid callers for days in October 2024
 * (Microsoft's review of it).
 */
export const faultKinds = ['answer', 'spoilt', '403', '429', '500', '503', 'timeout', 'reset', 'reset-after'] as const;
export type FaultKind = (typeof faultKinds)[number];

/**
 * A fault on some routes. `route` is matched against `METHOD https://host/path`, `*` stands for any text, case does not count.
 * `rate` is a probability (0 to 1) per request; `retryAfter` is in seconds, for 429 and 503; `status`, `code`, `message` and
 * `inner` (the code in Key Vault's `innererror`) are those of the kind `answer`, or `body` instead of the three; `of`, `put` and
 * `leaveOut` are those of the kind `spoilt`. `caller` is an object id or a name; `times` is the highest number of strikes.
 */
export type Fault = {
  route: string;
  kind: FaultKind;
  rate: number;
  retryAfter?: number;
  caller?: string;
  times?: number;
  status?: number;
  code?: string;
  message?: string;
  inner?: string;
  body?: unknown;
} & Spoiling;

/** The request that a fault may strike: `name` is the route's name, by which requests are counted. */
export type FaultTarget = { name: string; line: string; caller?: string | undefined; objectId?: string | undefined };

export type Faults = {
  add(fault: Fault): void;
  clear(): void;
  list(): Fault[];
  /** Counts requests from zero again: for another world or another seed. */
  recount(): void;
  /** Counts the request and returns the fault that strikes it, if there is one: repeatable for a seed, route and count. */
  strike(seed: number, target: FaultTarget): Fault | undefined;
};

type Armed = { fault: Fault; pattern: RegExp; struck: number };

export const createFaults = (initial: Fault[] = []): Faults => {
  let armed: Armed[] = initial.map(arm);
  const counts = new Map<string, number>();
  return {
    add: (fault) => {
      armed.push(arm(fault));
    },
    clear: () => {
      armed = [];
    },
    list: () => armed.map(({ fault }) => fault),
    recount: () => counts.clear(),
    strike: (seed, target) => {
      const count = (counts.get(target.name) ?? 0) + 1;
      counts.set(target.name, count);
      const hit = armed.find((each, i) => aims(each, target) && draw(seed, target.name, count, i) < each.fault.rate);
      if (!hit) return undefined;
      hit.struck += 1;
      return hit.fault;
    },
  };
};

const arm = (fault: Fault): Armed => ({ fault, pattern: wildcard(fault.route), struck: 0 });

const wildcard = (text: string): RegExp =>
  new RegExp(
    `^${text
      .split('*')
      .map((part) => part.replace(/[.+?^$()|[\]\\{}]/g, '\\$&'))
      .join('.*')}$`,
    'i',
  );

const aims = ({ fault, pattern, struck }: Armed, { line, caller, objectId }: FaultTarget): boolean =>
  pattern.test(line) &&
  struck < (fault.times ?? Number.POSITIVE_INFINITY) &&
  (fault.caller === undefined || fault.caller === caller || fault.caller === objectId);
