import { describe, expect, it } from 'vitest';
import type { Durable, Guardian } from '../../../src/loop/guardian.ts';
import { assessKey } from '../../../src/loop/reconcile/assess-key.ts';
import { recordAssessment } from '../../../src/loop/reconcile/record-assessment.ts';
import { keyId } from '../../../src/remediation/model/key-ref.ts';
import type { Whole } from '../../../src/remediation/protocol/believe.ts';
import { useAzurite } from '../../builders/azurite.ts';
import { anEntry } from '../../builders/chain.ts';
import { aFlexibleServer, anObservation, aVersion, KEY, NOW } from '../../builders/observation.ts';
import { policyIn, REMEDIATION } from '../../builders/policy.ts';

const CHAIN = keyId(KEY);
const observation = anObservation([aVersion()], [aFlexibleServer('web')]);
const durable = { isAlive: async () => false } as unknown as Durable;

describe('A key with a long ledger', () => {
  const { newStore } = useAzurite();

  it('is read whole once, then from a checkpoint, and its healthy state goes on counting', async () => {
    const store = newStore();
    const guardian = {
      settings: { policy: policyIn('auto'), remediation: REMEDIATION },
      store,
      azure: { observeKey: async () => observation },
      notify: async () => {},
      publish: async () => {},
      log: () => {},
      warn: () => {},
    } as unknown as Guardian;
    const look = async (number: number): Promise<Whole> => {
      const input = { keyId: CHAIN, number, round: 0, at: NOW.toISOString() };
      const assessment = await assessKey(guardian, durable, input);
      if (assessment.kind !== 'assessed') throw new Error('it was not looked at');
      await recordAssessment(guardian, { ...input, assessment });
      const believed = await store.ledger.believe(CHAIN);
      if (believed.kind === 'broken') throw new Error(believed.fault);
      return believed;
    };

    const first = await look(1);
    expect(first.proven.map(({ kind }) => kind)).toEqual(['baseline']);
    const entries = Array.from({ length: 99 }, (_, index) => anEntry(`filler-${index}`));
    await store.ledger.append(CHAIN, first.head, entries);

    const second = await look(2);
    expect(second).toMatchObject({ fresh: 1, head: { seq: 101 } });
    expect(second.proven.map(({ kind, seq }) => [kind, seq])).toEqual([['baseline', 1]]);

    // Nothing is new: neither another healthy state nor another checkpoint.
    expect(await look(3)).toMatchObject({ fresh: 1, head: second.head });
    expect((await store.ledger.audit(CHAIN)).verification).toEqual({ kind: 'intact', head: second.head });
  });
});
