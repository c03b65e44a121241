import { describe, expect, it } from 'vitest';
import type { Durable, Guardian } from '../../src/loop/guardian.ts';
import type { ConsumerFacts } from '../../src/remediation/model/facts.ts';
import type { Decision } from '../../src/remediation/policy/policy-types.ts';
import { openSummaryDoor } from '../../src/web/summary.ts';
import { useAzurite } from '../builders/azurite.ts';
import { aDiskEncryptionSet, aFlexibleServer, aSingleServer } from '../builders/observation.ts';
import { policyIn } from '../builders/policy.ts';
import { requestWith } from '../builders/request.ts';

const AT = '2026-01-01T00:00:00Z';

const decided = (kind: Decision['kind']): Decision => ({
  kind,
  findings: [],
  plan: { planId: 'p', steps: [], instructions: [] },
  verdicts: [],
  notes: [],
});

describe('GET /api/summary', () => {
  const { newStore } = useAzurite();

  it('counts what is guarded and how it does, and says whether somebody looks; nothing that nobody uses', async () => {
    const store = newStore();
    const keep = async (vault: string, kind: Decision['kind'] | undefined, ...consumers: readonly ConsumerFacts[]) => {
      const keyId = `https://${vault}.vault.azure.net/keys/cmk`;
      if (kind) await store.incidents.record(keyId, { verdict: { at: AT, decision: decided(kind), fingerprint: 'f' } });
      if (consumers.length > 0) await store.consumerIndex.change(keyId, () => consumers);
    };
    await keep('one', 'healthy', aSingleServer('orders'), aFlexibleServer('billing'));
    await keep('two', 'ask', aFlexibleServer('billing'), aDiskEncryptionSet('disks'));
    await keep('three', 'unseen', aSingleServer('web'));
    await keep('four', undefined, aSingleServer('new'));
    await keep('left', 'report');
    await store.beats.beat('sweep', new Date().toISOString());
    const door = openSummaryDoor();
    const guardian = { store, settings: { policy: policyIn('approve') } } as unknown as Guardian;
    const { body } = await door(requestWith({}), guardian, {} as Durable);
    expect(body).toMatchObject({
      mode: 'approve',
      version: expect.any(String),
      consumers: 5,
      consumersByKind: { diskEncryptionSet: 1, mysqlFlexibleServer: 1, mysqlSingleServer: 3 },
      keys: 4,
      vaults: 4,
      subscriptions: 1,
      verdicts: { healthy: 1, repairing: 0, asked: 1, reported: 0, unseen: 1, notYetAssessed: 1 },
      sweep: { began: { ageSeconds: expect.any(Number) } },
    });
  });
});
