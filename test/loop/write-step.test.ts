import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Target } from '../../src/azure/apply/target.ts';
import type { Guardian } from '../../src/loop/guardian.ts';
import { writeStep } from '../../src/loop/write-step.ts';
import { present } from '../../src/remediation/facts.ts';
import type { LeaseRow } from '../../src/remediation/protocol/lease.ts';
import { emptyChain } from '../../src/remediation/protocol/ledger.ts';
import type { SeenLease } from '../../src/store/leases.ts';
import { lost, planFor } from '../builders/decision.ts';
import { NOW } from '../builders/observation.ts';
import { policyIn, someRecords } from '../builders/policy.ts';

const SECOND = 1_000;
const [step] = planFor(lost).steps;
if (step === undefined) throw new Error('the plan has steps');

/** A target that has drifted and takes this long to read, and everything that is sent to it. */
const slowly = (readMs: number) => {
  const sent: number[] = [];
  const marks: (string | undefined)[] = [];
  const lease = (mark?: LeaseRow['mark']): SeenLease => {
    marks.push(mark?.id);
    return { row: { target: step.target, owner: 'me', ...(mark && { mark }) }, etag: `${marks.length}` };
  };
  const readTarget = async (): Promise<Target> => {
    jest.setSystemTime(Date.now() + readMs);
    const send = async () => {
      sent.push(Date.now());
      return { kind: 'done', why: 'Azure accepted it', correlationIds: [] } as const;
    };
    return { kind: 'drift', why: 'it has expired', tagged: [], send };
  };
  const guardian = {
    settings: { policy: policyIn('auto') },
    azure: { readTarget, readTags: async () => present([]) },
    store: {
      leases: {
        verifyAndMark: async (_target: string, _owner: string, deadline: string) => ({
          kind: 'marked',
          ...lease({ id: 'mine', deadline }),
        }),
        clearMark: async () => lease(),
      },
      records: { policyRecordsNow: async () => present(someRecords()) },
    },
  } as unknown as Guardian;
  const run = {
    keyId: step.target,
    incident: 'incident-1',
    step,
    authority: { kind: 'policy' },
    head: emptyChain,
    owner: 'me',
    at: NOW.toISOString(),
  } as const;
  return {
    sent,
    marks,
    write: () => writeStep(guardian, { ...run, lease: lease() }),
  };
};

beforeEach(() => {
  jest.useFakeTimers({ now: NOW });
});
afterEach(() => {
  jest.useRealTimers();
});

describe('A write', () => {
  it('is sent once while its mark stands', async () => {
    const { sent, write } = slowly(50 * SECOND);
    expect(await write()).toMatchObject({ kind: 'done' });
    expect(sent).toHaveLength(1);
  });

  it.each([57, 60, 90, 600])(
    'is not sent where its target took %d s to read: it waits, to be marked anew',
    async (s) => {
      const { marks, sent, write } = slowly(s * SECOND);
      expect(await write()).toMatchObject({ kind: 'waiting', until: expect.any(String) });
      expect(sent).toEqual([]);
      expect(marks.at(-1)).toBeUndefined();
    },
  );
});
