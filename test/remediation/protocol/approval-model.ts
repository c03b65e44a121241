import * as approval from '../../../src/remediation/protocol/approval.ts';
import type { Model, Move } from './explore.ts';

const NOW = '2026-01-01T00:00:00.000Z';

/** The rules under exploration; the model itself plays the write activity and the next run. */
export type ApprovalRules = Pick<typeof approval, 'isApproved' | 'useUp'> & {
  readsBeforeWriting: 'pauseAndApproval' | 'nothing';
  deadIntents: 'useUp' | 'areForgotten';
};

export const approvalRules: ApprovalRules = {
  ...approval,
  readsBeforeWriting: 'pauseAndApproval',
  deadIntents: 'useUp',
};

export type ApprovalBounds = { deletions: number; crashes: number };

/** Two faults of one key; every step needs an approval. */
type Fault = 'deleted' | 'accessLost';
const FAULTS: readonly Fault[] = ['deleted', 'accessLost'];

/** `deletions`: how often the key had been deleted on purpose when the person decided. */
type Approval = { row: approval.ApprovalRow; deletions: number };
type Run =
  | { at: 'idle' | 'assess' }
  | { at: 'write'; steps: readonly Fault[] }
  | { at: 'outcome'; steps: readonly Fault[] };
type State = {
  broken: Record<Fault, boolean>;
  deletions: number;
  /** Repaired by hand, and not seen healthy yet. A later break then looks as if there had been no repair. */
  repairedUnseen: boolean;
  incident: { number: number; open: boolean };
  paused: boolean;
  approvals: readonly Approval[];
  asked: readonly Fault[];
  run: Run;
  deadIntent: Fault | null;
  crashes: number;
  wrong: string;
};

type Add = (label: string, change: (state: State) => void, fault?: 'fault') => void;

const wake = (next: State): void => {
  if (next.run.at === 'idle') next.run = { at: 'assess' };
};

const isApproved = (state: State, step: Fault, rules: ApprovalRules): boolean =>
  rules.isApproved(
    state.approvals.map(({ row }) => row),
    { stepId: step, incident: `${state.incident.number}` },
    NOW,
  );

const useUp = (next: State, step: Fault, rules: ApprovalRules): void => {
  next.approvals = next.approvals.map((one) => ({ ...one, row: rules.useUp(one.row, step) ?? one.row }));
};

const approve = (next: State): void => {
  const incident = `${next.incident.number}`;
  const row = {
    incident,
    planId: '',
    stepIds: next.asked,
    by: '',
    at: NOW,
    expires: '2026-01-02T00:00:00.000Z',
    used: [],
  };
  next.approvals = [...next.approvals, { row, deletions: next.deletions }];
  next.asked = [];
  wake(next);
};

const movePeople = (state: State, bounds: ApprovalBounds, add: Add): void => {
  if (state.asked.length > 0) add(`a person approves ${state.asked}`, approve, 'fault');
  if (!state.paused)
    add(
      'a person pauses everything',
      (next) => {
        next.paused = true;
      },
      'fault',
    );
  if (state.broken.deleted)
    add(
      'a person repairs everything by hand',
      (next) => {
        next.broken = { deleted: false, accessLost: false };
        next.repairedUnseen = true;
        wake(next);
      },
      'fault',
    );
  if (!state.broken.deleted && !state.repairedUnseen && state.deletions < bounds.deletions)
    add(
      'a person deletes the key, on purpose',
      (next) => {
        next.broken = { ...next.broken, deleted: true };
        next.deletions += 1;
        wake(next);
      },
      'fault',
    );
};

const assess = (next: State, rules: ApprovalRules): void => {
  if (next.deadIntent && rules.deadIntents === 'useUp') useUp(next, next.deadIntent, rules);
  next.deadIntent = null;
  next.repairedUnseen = false;
  const plan = FAULTS.filter((fault) => next.broken[fault]);
  const { number, open } = next.incident;
  next.incident = { number: plan.length > 0 && !open ? number + 1 : number, open: plan.length > 0 };
  const steps = next.paused ? [] : plan.filter((step) => isApproved(next, step, rules));
  next.run = steps.length > 0 ? { at: 'write', steps } : { at: 'idle' };
  next.asked = steps.length > 0 || next.paused ? [] : plan;
};

const write = (next: State, step: Fault, steps: readonly Fault[]): void => {
  const fresh = next.approvals.some(({ row, deletions }) => row.stepIds.includes(step) && deletions === next.deletions);
  if (next.paused) next.wrong = 'a write after a pause';
  if (step === 'deleted' && !fresh) next.wrong = 'a deliberate deletion is undone by an old approval';
  next.broken = { ...next.broken, [step]: false };
  next.run = { at: 'outcome', steps };
};

const moveWrite = (state: State, steps: readonly Fault[], rules: ApprovalRules, add: Add): void => {
  const [step] = steps;
  if (!step) return;
  const reads = rules.readsBeforeWriting === 'pauseAndApproval';
  const end = (label: string, run: Run) =>
    add(`${step}: ${label}`, (next) => {
      next.run = run;
    });
  if (!state.broken[step]) end('no drift', { at: 'outcome', steps });
  else if (reads && state.paused) end('paused', { at: 'idle' });
  else if (reads && !isApproved(state, step, rules)) end('the approval is gone', { at: 'assess' });
  else add(`${step}: writes`, (next) => write(next, step, steps));
};

const moveRun = (state: State, rules: ApprovalRules, add: Add): void => {
  const { run } = state;
  if (run.at === 'assess') add('assess', (next) => assess(next, rules));
  if (run.at === 'write') moveWrite(state, run.steps, rules, add);
  if (run.at !== 'write' && run.at !== 'outcome') return;
  const [step, ...rest] = run.steps;
  if (run.at === 'outcome' && step)
    add(`${step}: outcome done`, (next) => {
      useUp(next, step, rules);
      next.run = rest.length > 0 ? { at: 'write', steps: rest } : { at: 'assess' };
    });
  if (state.crashes && step)
    add(
      `the run dies at ${step}`,
      (next) => {
        next.crashes -= 1;
        next.deadIntent = step;
        next.run = { at: 'assess' };
      },
      'fault',
    );
};

/** People who approve, pause, repair and delete again while a run acts: invariants `fail-closed` and `a-token-proves-a-person`. */
export const approvalModel = (bounds: ApprovalBounds, rules: ApprovalRules = approvalRules): Model<State> => ({
  start: {
    broken: { deleted: true, accessLost: true },
    deletions: 0,
    repairedUnseen: false,
    incident: { number: 0, open: false },
    paused: false,
    approvals: [],
    asked: [],
    run: { at: 'assess' },
    deadIntent: null,
    crashes: bounds.crashes,
    wrong: '',
  },
  next: (state) => {
    if (state.wrong) return [];
    const moves: Move<State>[] = [];
    const add: Add = (label, change, fault) => {
      const to = { ...state };
      change(to);
      moves.push({ label, to, ...(fault && { fault: true }) });
    };
    movePeople(state, bounds, add);
    moveRun(state, rules, add);
    return moves;
  },
  wrong: (state) => state.wrong || undefined,
});
