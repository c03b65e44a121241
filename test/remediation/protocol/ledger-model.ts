import * as ledger from '../../../src/remediation/protocol/ledger.ts';
import type { Model, Move } from './explore.ts';

const CHAIN = 'https://vault/keys/key';

/** The rules under exploration, and the reaction of an append whose number is taken. */
export type LedgerRules = Pick<typeof ledger, 'link' | 'unwritten'> & {
  whenTaken: 'looksAgain' | 'throws' | 'succeeds';
  from: 'whereTheRunBegan' | 'headWhenRetried';
};

export const ledgerRules: LedgerRules = { ...ledger, whenTaken: 'looksAgain', from: 'whereTheRunBegan' };

type Name = 'step' | 'run';
/** A step that outlived its failed run, and the run that came after: each appends two batches. */
const BATCHES: Record<Name, readonly (readonly string[])[]> = {
  step: [['intent'], ['outcome']],
  run: [['seen', 'decided'], ['asked']],
};

type Writer = { at: 'begin' | 'go' | 'wait' | 'done' | 'failed'; batch: number; head: ledger.Head };
type Attempt = {
  writer: Name;
  batch: number;
  from: ledger.Head;
  head: ledger.Head;
  missing: readonly string[];
  at: 'begin' | 'insert' | 'look';
  late: boolean;
};
type State = { rows: ledger.LedgerRow[]; writers: Record<Name, Writer>; attempts: Attempt[]; duplicates: number };

const entry = (id: string): ledger.LedgerEntry => ({
  id,
  at: '2026-01-01T00:00:00.000Z',
  kind: 'seen',
  detail: null,
  correlationIds: [],
});

const BEGINNING = ledger.link(CHAIN, ledger.emptyChain, [entry('opened')]);

type Add = (label: string, change: (state: State) => void, fault?: 'fault') => void;

const moveWriter = (state: State, name: Name, rules: LedgerRules, add: Add): void => {
  const writer = state.writers[name];
  const ids = BATCHES[name][writer.batch];
  if (writer.at === 'begin')
    add(`${name} reads the head ${state.rows.length}`, (next) => {
      next.writers[name] = { ...writer, at: 'go', head: ledger.headOf(next.rows) };
    });
  if (writer.at === 'go' && !ids)
    add(`${name} ends`, (next) => {
      next.writers[name] = { ...writer, at: 'done', head: ledger.emptyChain };
    });
  if (writer.at === 'go' && ids)
    add(`${name} appends ${ids}`, (next) => {
      next.writers[name] = { ...writer, at: 'wait' };
      const { batch, head } = writer;
      const at = rules.from === 'whereTheRunBegan' ? 'insert' : 'begin';
      next.attempts.push({ writer: name, batch, from: head, head, missing: ids, at, late: false });
    });
};

const finish = (next: State, index: number, ended: { head: ledger.Head } | 'failed'): void => {
  const [attempt] = next.attempts.splice(index, 1);
  if (!attempt || attempt.late) return;
  const writer = next.writers[attempt.writer];
  next.writers[attempt.writer] =
    ended === 'failed' ? { ...writer, at: 'failed' } : { at: 'go', batch: writer.batch + 1, head: ended.head };
};

const insert = (next: State, index: number, attempt: Attempt, rules: LedgerRules): void => {
  const rows = rules.link(CHAIN, attempt.head, attempt.missing.map(entry));
  const isTaken = next.rows.length >= (rows[0]?.seq ?? 0);
  if (!isTaken) {
    next.rows = [...next.rows, ...rows];
    finish(next, index, { head: ledger.headOf(rows) });
  } else if (rules.whenTaken === 'looksAgain') next.attempts[index] = { ...attempt, at: 'look' };
  else finish(next, index, rules.whenTaken === 'throws' ? 'failed' : { head: ledger.headOf(rows) });
};

const look = (next: State, index: number, attempt: Attempt, rules: LedgerRules): void => {
  const since = next.rows.slice(attempt.from.seq);
  const head = ledger.headOf(since, attempt.from);
  const missing = rules.unwritten(attempt.missing.map(entry), since).map(({ id }) => id);
  if (missing.length === 0) finish(next, index, { head });
  else next.attempts[index] = { ...attempt, head, missing, at: 'insert' };
};

const moveAttempt = (state: State, index: number, rules: LedgerRules, add: Add): void => {
  const attempt = state.attempts[index];
  if (!attempt) return;
  const name = `${attempt.writer}${attempt.late ? ' (late duplicate)' : ''}`;
  const at = `${attempt.missing} at ${attempt.head.seq + 1}`;
  if (attempt.at === 'begin')
    add(`${name} reads the newest head`, (next) => {
      const head = ledger.headOf(next.rows);
      next.attempts[index] = { ...attempt, from: head, head, at: 'insert' };
    });
  else if (attempt.at === 'insert') add(`${name} inserts ${at}`, (next) => insert(next, index, attempt, rules));
  else add(`${name} looks again`, (next) => look(next, index, attempt, rules));
  if (!attempt.late && state.duplicates)
    add(
      `the host loses ${name} and runs it again`,
      (next) => {
        next.duplicates -= 1;
        next.attempts[index] = { ...attempt, late: true };
        const missing = BATCHES[attempt.writer][attempt.batch] ?? [];
        const at = rules.from === 'whereTheRunBegan' ? 'insert' : 'begin';
        next.attempts.push({ ...attempt, head: attempt.from, missing, at });
      },
      'fault',
    );
};

const wrongWith = ({ rows }: State, quiet: boolean): string | undefined => {
  const verification = ledger.verifyChain(CHAIN, rows);
  if (verification.kind === 'broken') return verification.fault;
  const ids = rows.map(({ id }) => id);
  const lost = Object.values(BATCHES)
    .flat(2)
    .find((id) => !ids.includes(id));
  return quiet && lost ? `the entry ${lost} is lost` : undefined;
};

/** Two writers of one chain. Each append may be lost by its host and run again: invariant `the-ledger-proves`. */
export const ledgerModel = (duplicates: number, rules: LedgerRules = ledgerRules): Model<State> => ({
  start: {
    rows: [...BEGINNING],
    writers: {
      step: { at: 'go', batch: 0, head: ledger.headOf(BEGINNING) },
      run: { at: 'begin', batch: 0, head: ledger.emptyChain },
    },
    attempts: [],
    duplicates,
  },
  next: (state) => {
    const moves: Move<State>[] = [];
    const add: Add = (label, change, fault) => {
      const to = { ...state, writers: { ...state.writers }, attempts: [...state.attempts] };
      change(to);
      moves.push({ label, to, ...(fault && { fault: true }) });
    };
    moveWriter(state, 'step', rules, add);
    moveWriter(state, 'run', rules, add);
    for (const index of state.attempts.keys()) moveAttempt(state, index, rules, add);
    return moves;
  },
  wrong: wrongWith,
});
