import { describe, expect, it } from 'vitest';
import { HEADER } from '../../../local/clock/protocol.ts';
import { paced } from '../../../local/cloud/paced.ts';

const WAIT = { status: 202, headers: { 'retry-after': '17', location: 'https://management.azure.com/operation' } };
const WALL = { headers: {} };
const CLOCK = { headers: { [HEADER]: '1' } };

const told = (request: typeof WALL | typeof CLOCK, pace: number) => paced(WAIT, request, pace).headers;

describe('Who is told to wait', () => {
  it('waits as long as that takes on the wall where time passes faster, in whole seconds', () => {
    expect(told(WALL, 10)).toEqual({ ...WAIT.headers, 'retry-after': '2' });
    expect(told(WALL, 1_000)).toEqual({ ...WAIT.headers, 'retry-after': '1' });
  });

  it('waits as long as Azure says where time passes as the wall has it, or where it lives on the clock', () => {
    expect(told(WALL, 1)).toEqual(WAIT.headers);
    expect(told(CLOCK, 10)).toEqual(WAIT.headers);
  });

  it('is told nothing where there is nothing to wait for', () => {
    expect(paced({ status: 200 }, WALL, 10)).toEqual({ status: 200 });
    const atOnce = { status: 503, headers: { 'retry-after': '0' } };
    expect(paced(atOnce, WALL, 10)).toBe(atOnce);
  });
});
