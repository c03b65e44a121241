import { describe, expect, it } from 'vitest';
import { approvalModel } from './approval-model.ts';
import { type Exploration, explore, type Model } from './explore.ts';
import { leaseModel } from './lease-model.ts';
import { ledgerModel } from './ledger-model.ts';
import { wakeModel } from './wake-model.ts';

const outcomeOf = <State>(model: Model<State>): Exploration['violation'] => {
  const { states, violation } = explore(model);
  process.stdout.write(`${expect.getState().currentTestName}: ${states} states\n`);
  return violation;
};

describe('no wake-up is lost', () => {
  const bounds = { senders: 2, redeliveries: 1, rounds: 2 };
  it.each([
    { ...bounds, duplicates: 1, failures: 1, crashes: 1 },
    { ...bounds, duplicates: 2, failures: 1, crashes: 1 },
    { ...bounds, duplicates: 1, failures: 2, crashes: 0 },
    { ...bounds, senders: 3, duplicates: 1, failures: 1, crashes: 0 },
  ])('$senders senders, $duplicates duplicates, $failures failures, $crashes crashes', (one) => {
    expect(outcomeOf(wakeModel(one))).toBeUndefined();
  });
});

describe('two steps never destroy each other’s work', () => {
  it.each(['refuses', 'accepts'] as const)('on a busy target that %s a write', (busyTarget) => {
    expect(outcomeOf(leaseModel({ expiries: 2, duplicates: 3, crashes: 2, busyTarget }))).toBeUndefined();
  });
});

describe('no entry is lost or repeated', () => {
  it.each([2, 3])('with %i lost attempts', (duplicates) => {
    expect(outcomeOf(ledgerModel(duplicates))).toBeUndefined();
  });
});

describe('no person is overruled', () => {
  it('with three deletions and two dying runs', () => {
    expect(outcomeOf(approvalModel({ deletions: 3, crashes: 2 }))).toBeUndefined();
  });
});
