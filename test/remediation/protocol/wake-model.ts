import type { Model, Move } from './explore.ts';
import {
  begin,
  copy,
  KEY,
  keyRow,
  normalised,
  nothing,
  numbersOf,
  type Run,
  type Sender,
  type State,
  settleRow,
  type WakeBounds,
  type WakeRules,
  wakeRules,
} from './wake-state.ts';

type Add = (label: string, change: (state: State) => void, fault?: 'fault') => void;

const redeliver = (sender: Sender, bounds: WakeBounds): void => {
  sender.calls += 1;
  sender.at = sender.calls > bounds.redeliveries ? 'gaveUp' : 'call';
};

const raiseRow = (state: State, index: number, rules: WakeRules): void => {
  const sender = state.senders[index];
  if (!sender) return;
  const raised = rules.raise(keyRow(state.row), KEY);
  state.senders[index] = { ...sender, at: 'start', unseen: true, number: raised.wanted, replaced: state.row };
  state.row = numbersOf(raised);
  if (state.run) state.run.saw[index] = false;
};

const go =
  (at: Sender['at']) =>
  (mine: Sender): void => {
    mine.at = at;
  };

const moveSender = (state: State, index: number, rules: WakeRules, bounds: WakeBounds, add: Add): void => {
  const sender = state.senders[index];
  if (!sender) return;
  const name = `sender ${index + 1}`;
  const on = (label: string, change: (mine: Sender, next: State) => void, fault?: 'fault') =>
    add(`${name} ${label}`, (next) => change(next.senders[index] ?? sender, next), fault);
  if (sender.at === 'call') add(`${name} raises ${state.row.wanted}`, (next) => raiseRow(next, index, rules));
  if (sender.at === 'start' && state.run) on('cannot start a run', go('conflict'));
  if (sender.at === 'start' && !state.run)
    on(`starts run ${sender.number}`, (mine, next) => {
      mine.at = 'returned';
      begin(next, mine.number);
    });
  if (sender.at === 'conflict' && !state.run) on('sees that it is gone', go('start'));
  if (sender.at === 'conflict' && state.run) {
    const relies = rules.relies(state.run.number, keyRow(sender.replaced));
    if (relies) on(`relies on run ${state.run.number}`, go('returned'));
    else on(`cannot rely on run ${state.run.number}: throws`, (mine) => redeliver(mine, bounds));
  }
  if (state.crashes && (sender.at === 'start' || sender.at === 'conflict'))
    on(
      'dies and is delivered again',
      (mine, next) => {
        next.crashes -= 1;
        redeliver(mine, bounds);
      },
      'fault',
    );
};

const observe = (run: Run, senders: readonly Sender[]): void => {
  run.saw = run.saw.map((saw, index) => saw || (senders[index]?.unseen ?? false));
};

const trust = (state: State, run: Run): void => {
  run.saw.forEach((saw, index) => {
    const sender = state.senders[index];
    if (saw && sender) sender.unseen = false;
  });
};

const moveAssess = (state: State, run: Run, rules: WakeRules, on: OnRun): void => {
  if (run.at === 'assess' && rules.alreadyAssessed(keyRow(state.row), run.number))
    on('is already assessed', (mine) => {
      mine.at = 'closing';
    });
  else if (run.at === 'assess' && rules.readsWanted === 'beforeObserving')
    on(`reads wanted ${state.row.wanted}`, (mine, next) => {
      mine.wanted = next.row.wanted;
      mine.at = 'observe';
    });
  else if (run.at === 'assess')
    on('observes', (mine, next) => {
      observe(mine, next.senders);
      mine.at = 'readLate';
    });
  if (run.at === 'observe')
    on('observes', (mine, next) => {
      observe(mine, next.senders);
      mine.at = 'settle';
    });
  if (run.at === 'readLate')
    on(`reads wanted ${state.row.wanted}`, (mine, next) => {
      mine.wanted = next.row.wanted;
      mine.at = 'settle';
    });
};

type OnRun = (label: string, change: (mine: Run, next: State) => void, fault?: 'fault') => void;

const settleRun = (mine: Run, next: State, rules: WakeRules, bounds: WakeBounds): void => {
  if (settleRow(next, rules, mine.wanted)) {
    trust(next, mine);
    mine.at = 'closing';
    return;
  }
  const isLast = mine.round + 1 >= bounds.rounds;
  mine.round = isLast ? 0 : mine.round + 1;
  mine.at = isLast && rules.outOfRounds === 'ends' ? 'closing' : 'assess';
};

const moveSettle = (state: State, run: Run, rules: WakeRules, bounds: WakeBounds, on: OnRun): void => {
  if (run.at !== 'settle') return;
  on(`settles ${run.wanted}`, (mine, next) => settleRun(mine, next, rules, bounds));
  if (!state.duplicates) return;
  on(
    `settles ${run.wanted}, but its host dies before it says so`,
    (mine, next) => {
      next.duplicates -= 1;
      if (settleRow(next, rules, mine.wanted)) trust(next, mine);
    },
    'fault',
  );
  on(
    `settles ${run.wanted}, and a duplicate lingers`,
    (mine, next) => {
      next.duplicates -= 1;
      next.late.push(mine.wanted);
      settleRun(mine, next, rules, bounds);
    },
    'fault',
  );
};

const moveRun = (state: State, rules: WakeRules, bounds: WakeBounds, add: Add): void => {
  const { run } = state;
  if (!run) return;
  const on: OnRun = (label, change, fault) =>
    add(`run ${run.number} ${label}`, (next) => change(next.run ?? run, next), fault);
  moveAssess(state, run, rules, on);
  moveSettle(state, run, rules, bounds, on);
  if (run.at === 'closing')
    on('is completed', (_mine, next) => {
      next.run = null;
    });
  else if (state.failures)
    on(
      'fails',
      (_mine, next) => {
        next.failures -= 1;
        next.run = null;
      },
      'fault',
    );
};

const moveRest = (state: State, rules: WakeRules, add: Add): void => {
  for (const [index, wanted] of state.late.entries())
    add(
      `a late duplicate settles ${wanted}`,
      (next) => {
        next.late.splice(index, 1);
        settleRow(next, rules, wanted);
      },
      'fault',
    );
  if (!state.run && rules.isForgotten(keyRow(state.row)) && state.senders.every(({ at }) => at !== 'start'))
    add('the sweep wakes a forgotten key', (next) => {
      next.row = numbersOf(rules.raise(keyRow(next.row), KEY));
      begin(next, next.row.wanted);
    });
};

/** Senders that wake one key while its runs begin, look, settle and end: invariant `no-wake-is-lost`. */
export const wakeModel = (bounds: WakeBounds, rules: WakeRules = wakeRules): Model<State> => ({
  start: {
    row: nothing,
    run: null,
    senders: Array.from({ length: bounds.senders }, () => ({
      at: 'call',
      unseen: false,
      calls: 0,
      number: 0,
      replaced: nothing,
    })),
    late: [],
    duplicates: bounds.duplicates,
    failures: bounds.failures,
    crashes: bounds.crashes,
  },
  next: (state) => {
    const moves: Move<State>[] = [];
    const add: Add = (label, change, fault) => {
      const to = copy(state);
      change(to);
      moves.push({ label, to: normalised(to), ...(fault && { fault: true }) });
    };
    for (const index of state.senders.keys()) moveSender(state, index, rules, bounds, add);
    moveRun(state, rules, bounds, add);
    moveRest(state, rules, add);
    return moves;
  },
  wrong: ({ run, senders }, quiet) => {
    if (!quiet) return undefined;
    if (run) return 'a run is stuck';
    return senders.some(({ at, unseen }) => at === 'returned' && unseen) ? 'a wake-up is lost' : undefined;
  },
});
