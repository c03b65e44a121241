import * as lease from '../../../src/remediation/protocol/lease.ts';
import type { Model, Move } from './explore.ts';

const PAST = '2026-01-01T00:00:00.000Z';
const NOW = '2026-01-01T01:00:00.000Z';
const FUTURE = '2026-01-01T02:00:00.000Z';
const GONE = 'gone';

/** The rules under exploration; `reads` and `fences` are the write activity's part of them. */
export type LeaseRules = Pick<typeof lease, 'take' | 'verifyAndFence' | 'clearFence' | 'release'> & {
  reads: 'waitsForOperation' | 'ignoresOperation';
  fences: 'freshPerAttempt' | 'fromHistory';
};

export const leaseRules: LeaseRules = { ...lease, reads: 'waitsForOperation', fences: 'freshPerAttempt' };

/** `busyTarget`: what Azure does with a write while an operation is in progress. */
export type LeaseBounds = { expiries: number; duplicates: number; crashes: number; busyTarget: 'refuses' | 'accepts' };

type Name = 'A' | 'B';
type Server = Record<Name, boolean>;
type Step = { at: 'take' | 'write' | 'busy' | 'poll' | 'release' | 'done'; life: number };
/** One execution of the write activity. `late`: its host has abandoned it, but it goes on. */
type Attempt = {
  fence: string;
  owner: string;
  step: Name;
  at: 'read' | 'send' | 'answered';
  read: Server;
  late: boolean;
};
type State = {
  server: Server;
  operation: Server | null;
  row: lease.LeaseRow | null;
  steps: Record<Name, Step>;
  attempts: Attempt[];
  wrong: string;
  expiries: number;
  duplicates: number;
  crashes: number;
};

const claimOf = (owner: string): lease.Claim => ({ target: 'server', owner, now: NOW, expires: FUTURE });
const ownerOf = (name: Name, { life }: Step): string => `${name}${life}`;
const isExpired = (row: lease.LeaseRow): boolean => row.expires === PAST;

/** The name that every attempt of a step would get from its orchestration's history. */
const historyFence = (owner: string): string => `history of ${owner}`;

const fenceFor = (owner: string, rules: LeaseRules): lease.Fence => ({
  id: rules.fences === 'fromHistory' ? historyFence(owner) : 'new',
  deadline: FUTURE,
});

/** Attempts are renamed by their order, so that states differ only where it matters. */
const normalised = (state: State): State => {
  const names = new Map(
    state.attempts.map(({ fence, owner }, index) => [fence, fence === historyFence(owner) ? fence : `${index}`]),
  );
  const { row } = state;
  const fence = row?.fence && { ...row.fence, id: names.get(row.fence.id) ?? GONE };
  return {
    ...state,
    row: row && fence ? { ...row, fence } : row,
    attempts: state.attempts.map((attempt) => ({ ...attempt, fence: names.get(attempt.fence) ?? GONE })),
  };
};

type Add = (label: string, change: (state: State) => void, fault?: 'fault') => void;

const moveServer = ({ operation }: State, add: Add): void => {
  if (!operation) return;
  add('the operation completes', (next) => {
    const lost = (['A', 'B'] as const).some((name) => next.server[name] && !operation[name]);
    if (lost) next.wrong = 'a repair is written back to its old value';
    next.server = operation;
    next.operation = null;
  });
};

const expire = (next: State): void => {
  if (next.row) next.row = { ...next.row, expires: PAST };
};

const moveRow = (state: State, add: Add): void => {
  const { row, steps, attempts } = state;
  const live = (['A', 'B'] as const).some(
    (name) => row?.owner === ownerOf(name, steps[name]) && steps[name].at !== 'done',
  );
  if (row?.owner && !isExpired(row) && !live) add(`the lease of ${row.owner}, who is dead, expires`, expire);
  if (row?.owner && !isExpired(row) && live && state.expiries)
    add(
      `the lease of ${row.owner} expires`,
      (next) => {
        next.expiries -= 1;
        expire(next);
      },
      'fault',
    );
  if (row?.fence && row.fence.deadline !== PAST && !attempts.some(({ fence }) => fence === row.fence?.id))
    add('the deadline of a fence without an attempt passes', (next) => {
      next.row = { ...row, fence: { id: GONE, deadline: PAST } };
    });
};

const startAttempt = (next: State, name: Name, rules: LeaseRules): void => {
  const owner = ownerOf(name, next.steps[name]);
  const fence = fenceFor(owner, rules);
  const fencing = rules.verifyAndFence(next.row ?? undefined, claimOf(owner), fence);
  if (fencing.kind === 'lost') next.steps[name].at = 'take';
  if (fencing.kind !== 'fenced') return;
  next.row = fencing.row;
  next.attempts.push({ fence: fence.id, owner, step: name, at: 'read', read: next.server, late: false });
  next.steps[name].at = 'busy';
};

const moveStep = (state: State, name: Name, rules: LeaseRules, add: Add): void => {
  const step = state.steps[name];
  const owner = ownerOf(name, step);
  const taking = rules.take(state.row ?? undefined, claimOf(owner));
  if (step.at === 'take' && taking.kind === 'taken')
    add(`${owner} takes the lease`, (next) => {
      next.row = taking.row;
      next.steps[name].at = 'write';
    });
  const fencing = rules.verifyAndFence(state.row ?? undefined, claimOf(owner), fenceFor(owner, rules));
  if (step.at === 'write' && fencing.kind !== 'busy')
    add(`${owner} writes: ${fencing.kind}`, (next) => startAttempt(next, name, rules));
  if (step.at === 'poll' && !state.operation)
    add(`${owner} sees that the operation ended`, (next) => {
      next.steps[name].at = 'release';
    });
  if (step.at === 'release')
    add(`${owner} releases`, (next) => {
      next.row = rules.release(next.row ?? undefined, owner) ?? next.row;
      next.steps[name].at = next.server[name] ? 'done' : 'take';
    });
  if (state.crashes && step.at !== 'take' && step.at !== 'done')
    add(`${owner} dies`, (next) => crash(next, name, owner), 'fault');
};

const crash = (next: State, name: Name, owner: string): void => {
  next.crashes -= 1;
  next.steps[name] = { at: 'take', life: next.steps[name].life + 1 };
  next.attempts = next.attempts
    .filter((attempt) => attempt.owner !== owner || attempt.at !== 'answered')
    .map((attempt) => (attempt.owner === owner ? { ...attempt, late: true } : attempt));
};

const endAttempt = (next: State, index: number, rules: LeaseRules, then: Step['at']): void => {
  const [attempt] = next.attempts.splice(index, 1);
  if (!attempt) return;
  next.row = rules.clearFence(next.row ?? undefined, attempt.fence) ?? next.row;
  if (!attempt.late) next.steps[attempt.step].at = then;
};

const send = (next: State, index: number, rules: LeaseRules, bounds: LeaseBounds): void => {
  const attempt = next.attempts[index];
  if (!attempt) return;
  if (next.operation && bounds.busyTarget === 'refuses') {
    endAttempt(next, index, rules, 'write');
    return;
  }
  if (next.operation) next.wrong = 'two operations at once';
  next.operation = { ...attempt.read, [attempt.step]: true };
  attempt.at = 'answered';
};

const moveAttempt = (state: State, index: number, rules: LeaseRules, bounds: LeaseBounds, add: Add): void => {
  const attempt = state.attempts[index];
  if (!attempt) return;
  const name = `${attempt.owner}${attempt.late ? ' (late duplicate)' : ''}`;
  const fault = attempt.late ? 'fault' : undefined;
  const isBusy = state.operation !== null && rules.reads === 'waitsForOperation';
  const reading = attempt.at === 'read';
  if (reading && isBusy) add(`${name} finds an operation`, (next) => endAttempt(next, index, rules, 'write'), fault);
  else if (reading && state.server[attempt.step])
    add(`${name} finds no drift`, (next) => endAttempt(next, index, rules, 'release'), fault);
  else if (reading)
    add(
      `${name} reads`,
      (next) => next.attempts.splice(index, 1, { ...attempt, at: 'send', read: next.server }),
      fault,
    );
  if (attempt.at === 'send') add(`${name} sends`, (next) => send(next, index, rules, bounds), fault);
  if (attempt.at === 'answered') add(`${name} is answered`, (next) => endAttempt(next, index, rules, 'poll'));
  if (!attempt.late && state.duplicates)
    add(
      `the host loses the attempt of ${name} and runs it again`,
      (next) => {
        next.duplicates -= 1;
        next.attempts.splice(index, 1, { ...attempt, late: true });
        next.steps[attempt.step].at = 'write';
      },
      'fault',
    );
  if (attempt.late && attempt.at !== 'answered')
    add(`${name} aborts at its deadline`, (next) => endAttempt(next, index, rules, 'write'));
};

const copy = (state: State): State => ({
  ...state,
  steps: { A: { ...state.steps.A }, B: { ...state.steps.B } },
  attempts: state.attempts.map((attempt) => ({ ...attempt })),
});

const isRepaired = ({ steps, server }: State): boolean =>
  steps.A.at === 'done' && steps.B.at === 'done' && server.A && server.B;

/**
 * Two steps that repair one half each of the same server; every write sends the whole server: invariant `one-writer-per-target`.
 */
export const leaseModel = (bounds: LeaseBounds, rules: LeaseRules = leaseRules): Model<State> => ({
  start: {
    server: { A: false, B: false },
    operation: null,
    row: null,
    steps: { A: { at: 'take', life: 1 }, B: { at: 'take', life: 1 } },
    attempts: [],
    wrong: '',
    expiries: bounds.expiries,
    duplicates: bounds.duplicates,
    crashes: bounds.crashes,
  },
  next: (state) => {
    const moves: Move<State>[] = [];
    const add: Add = (label, change, fault) => {
      const to = copy(state);
      change(to);
      moves.push({ label, to: normalised(to), ...(fault && { fault: true }) });
    };
    moveServer(state, add);
    moveRow(state, add);
    moveStep(state, 'A', rules, add);
    moveStep(state, 'B', rules, add);
    for (const index of state.attempts.keys()) moveAttempt(state, index, rules, bounds, add);
    return moves;
  },
  wrong: (state, quiet) => state.wrong || (quiet && !isRepaired(state) ? 'the server is never repaired' : undefined),
});
