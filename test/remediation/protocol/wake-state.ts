import * as wake from '../../../src/remediation/protocol/wake.ts';

export const KEY = 'https://vault/keys/key';

/** The rules under exploration. The order of reading and the end of a run's rounds are the orchestrator's part of them. */
export type WakeRules = {
  raise: typeof wake.raise;
  settle: typeof wake.settle;
  alreadyAssessed: typeof wake.alreadyAssessed;
  /** Whether a sender that cannot start a run relies on the living one; `replaced` is the row before its wake-up. */
  relies: (running: number, replaced: wake.KeyRow) => boolean;
  isForgotten: typeof wake.isForgotten;
  readsWanted: 'beforeObserving' | 'afterObserving';
  outOfRounds: 'continuesAsNew' | 'ends';
};

export const wakeRules: WakeRules = {
  ...wake,
  relies: (running, replaced) => wake.coveredBy(running, replaced.assessed),
  readsWanted: 'beforeObserving',
  outOfRounds: 'continuesAsNew',
};

export type WakeBounds = {
  senders: number;
  /** How often a sender that was refused, or died, delivers again. */
  redeliveries: number;
  rounds: number;
  duplicates: number;
  failures: number;
  crashes: number;
};

export type Numbers = { wanted: number; assessed: number };
export type Sender = {
  at: 'call' | 'start' | 'conflict' | 'returned' | 'gaveUp';
  /** A change that no assess has seen. */
  unseen: boolean;
  calls: number;
  number: number;
  replaced: Numbers;
};
export type Run = {
  at: 'assess' | 'observe' | 'readLate' | 'settle' | 'closing';
  number: number;
  wanted: number;
  round: number;
  saw: boolean[];
};
export type State = {
  row: Numbers;
  run: Run | null;
  senders: Sender[];
  /** Settle activities that linger after their attempt was lost, by the number that they carry. */
  late: number[];
  duplicates: number;
  failures: number;
  crashes: number;
};

export const nothing: Numbers = { wanted: 0, assessed: 0 };
export const keyRow = (numbers: Numbers): wake.KeyRow => ({ keyId: KEY, ...numbers });
export const numbersOf = ({ wanted, assessed }: wake.KeyRow): Numbers => ({ wanted, assessed });

/** Only differences of numbers matter: states that differ by a constant are the same. */
export const normalised = (state: State): State => {
  const { row, run, senders } = state;
  const live = senders.filter(({ at }) => at === 'start' || at === 'conflict');
  const held = [...live.flatMap(({ number, replaced }) => [number, replaced.wanted, replaced.assessed]), ...state.late];
  const base = Math.min(row.wanted, row.assessed, ...held, ...(run ? [run.number, run.wanted] : []));
  const less = (numbers: Numbers) => ({ wanted: numbers.wanted - base, assessed: numbers.assessed - base });
  return {
    ...state,
    row: less(row),
    run: run && { ...run, number: run.number - base, wanted: run.wanted - base },
    senders: senders.map((sender) =>
      live.includes(sender)
        ? { ...sender, number: sender.number - base, replaced: less(sender.replaced) }
        : { ...sender, number: 0, replaced: nothing },
    ),
    late: state.late.map((wanted) => wanted - base).sort(),
  };
};

export const copy = (state: State): State => ({
  ...state,
  run: state.run && { ...state.run, saw: [...state.run.saw] },
  senders: state.senders.map((sender) => ({ ...sender })),
  late: [...state.late],
});

export const begin = (state: State, number: number): void => {
  state.run = { at: 'assess', number, wanted: number, round: 0, saw: state.senders.map(() => false) };
};

export const settleRow = (state: State, rules: WakeRules, wanted: number): boolean => {
  const settled = rules.settle(keyRow(state.row), wanted);
  if (settled) state.row = numbersOf(settled);
  return settled !== undefined;
};
