import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activeMs, type Execution, executionIn, executionsOf } from '../../bench/bill/active-time.ts';

const together = (): string => 'durable';
const apart = (name: string): string => name;
const execution = (from: number, until: number, name = 'probeKeys'): Execution => ({ name, from, until });

describe('An execution', () => {
  it('is read off the line with which the host tells of it', () => {
    const line = "[2026-03-02T03:10:01.500Z] Executed 'Functions.probeKeys' (Succeeded, Duration=500ms)";
    const until = Date.parse('2026-03-02T03:10:01.500Z');
    expect(executionIn(line)).toEqual(execution(until - 500, until));
    expect(executionIn(line.replace('Executed', 'error: Executed').replace('Succeeded', 'Failed'))).toEqual(
      execution(until - 500, until),
    );
  });

  it('is not read off any other line', () => {
    expect(executionIn("[2026-03-02T03:10:01.000Z] Executing 'Functions.probeKeys' (Reason='(null)')")).toBeUndefined();
    expect(executionIn("Executed 'Functions.probeKeys'")).toBeUndefined();
  });
});

describe('A run', () => {
  it('has the executions that begin in it, and not those of a host that is started again at its end', () => {
    const [before, first, last, again] = [
      execution(99, 120),
      execution(101, 400),
      execution(159, 170),
      execution(160, 900),
    ];
    expect(executionsOf({ from: 100, until: 160 }, [before, first, last, again])).toEqual([first, last]);
  });
});

describe('Memory is billed', () => {
  it('once for what runs at the same time in one instance', () => {
    expect(activeMs([execution(0, 3_000), execution(1_000, 4_000), execution(2_000, 2_500)], together, 0)).toBe(4_000);
  });

  it('for each of the instances', () => {
    expect(activeMs([execution(0, 3_000, 'probe'), execution(0, 3_000, 'sweep')], apart, 0)).toBe(6_000);
  });

  it('for a second at least, each time that an instance begins to work', () => {
    expect(activeMs([execution(0, 0)], together, 0)).toBe(1_000);
    expect(activeMs([execution(0, 20), execution(5_000, 5_020)], together, 0)).toBe(2_000);
  });

  it('for what is computed in the longest time at work, on top of what is waited for', () => {
    expect(activeMs([execution(0, 200), execution(5_000, 5_020)], together, 500)).toBe(2_000);
    expect(activeMs([execution(0, 200), execution(5_000, 5_020)], together, 1_000)).toBe(2_200);
  });

  it('for no time without executions', () => expect(activeMs([], together, 0)).toBe(0));

  it('never for less than the longest execution, nor for more than all of them one after the other', () => {
    const some = fc.array(fc.record({ from: fc.nat(100_000), ms: fc.nat(10_000) }), { minLength: 1 });
    fc.assert(
      fc.property(some, (each) => {
        const executions = each.map(({ from, ms }) => execution(from, from + ms));
        const billed = activeMs(executions, together, 0);
        expect(billed).toBeGreaterThanOrEqual(Math.max(1_000, ...each.map(({ ms }) => ms)));
        expect(billed).toBeLessThanOrEqual(each.reduce((sum, { ms }) => sum + Math.max(1_000, ms), 0));
      }),
    );
  });
});
