import { describe, expect, it } from 'vitest';
import type { Guardian } from '../../../src/loop/guardian.ts';
import { remind } from '../../../src/loop/schedule/remind.ts';
import type { Notice } from '../../../src/notifications/notice.ts';
import { rowNames } from '../../../src/store/key-partition.ts';
import type { Store } from '../../../src/store/store.ts';
import { useAzurite } from '../../builders/azurite.ts';
import { decisionOn, lost } from '../../builders/decision.ts';
import { inDays, NOW } from '../../builders/observation.ts';
import { aRejectionOf, policyIn } from '../../builders/policy.ts';
import { putDocument } from '../../builders/tampering.ts';

const KEY = 'https://contoso.vault.azure.net/keys/mysql-cmk';
const decision = decisionOn(lost, policyIn('approve'));
const { planId, steps } = decision.plan;
const stepIds = steps.map(({ stepId }) => stepId);
const rejection = aRejectionOf(steps, { planId });

describe('A reminder of a plan', () => {
  const storage = useAzurite();

  /** A plan of one key waits for an answer, and its reminder is due. */
  const asked = async (): Promise<Store> => {
    const store = storage.newStore();
    const at = inDays(-0.1);
    await store.incidents.record(KEY, {
      verdict: { at, decision, fingerprint: '' },
      opened: { id: 'incident-1', openedAt: at },
      asked: { planId, incident: 'incident-1', at, stepIds, steps },
    });
    await store.toldCauses.join('cause', { keyId: KEY, planId });
    const reminder = { causes: ['cause'], askedAt: at, repeated: 0, dueAt: at, sentences: ['The key has expired.'] };
    await store.reminders.put(reminder);
    return store;
  };
  const reminded = async (store: Store): Promise<readonly string[]> => {
    const told: Notice[] = [];
    await remind({ store, notify: async (notice: Notice) => void told.push(notice) } as unknown as Guardian, NOW);
    return told.flatMap(({ sentences }) => sentences);
  };

  it('says that nobody has answered, by which id it is found, and how one answers', async () => {
    const [first, ...others] = await reminded(await asked());
    expect(first).toContain('nobody has answered');
    // The route of an approval accepts the whole id alone: a reader sends the printed address as it is.
    expect(first).toContain(`/api/plans/${planId}.`);
    expect(first).toContain('/rejection');
    expect(others).toEqual(['The key has expired.']);
  });

  it('goes on after a rejection, and says who rejected it', async () => {
    const store = await asked();
    await store.records.reject(KEY, rejection);
    const [first, ...others] = await reminded(store);
    expect(first).toContain('nobody has approved it');
    expect(others).toEqual([expect.stringContaining('bob rejected it on'), 'The key has expired.']);
  });

  it('knows nothing of a rejection that somebody wrote into the table', async () => {
    const store = await asked();
    const tables = { connectionString: storage.connectionString(), prefix: storage.prefixOf(store) };
    await putDocument(tables, KEY, rowNames.rejection(rejection), rejection);
    expect((await reminded(store)).join(' ')).not.toContain('rejected');
  });
});
