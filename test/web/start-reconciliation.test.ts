import { expect, it } from 'vitest';
import type { Durable, Guardian } from '../../src/loop/guardian.ts';
import { present } from '../../src/remediation/model/facts.ts';
import { KEY_HOLDER } from '../../src/web/callers.ts';
import { startReconciliation } from '../../src/web/reconciliations.ts';
import { useAzurite } from '../builders/azurite.ts';
import { aSingleServer } from '../builders/observation.ts';

const CMK = 'https://contoso.vault.azure.net/keys/cmk';
const { newStore } = useAzurite();

it('A look that somebody starts wakes the key anew: what was asked in vain before is asked again', async () => {
  const store = newStore();
  await store.consumerIndex.change(CMK, () => [aSingleServer('orders')]);
  await store.consumerIndex.setSeen(CMK, { inVain: { since: '2026-03-02T00:00:00Z', at: '2026-03-02T00:10:00Z' } });
  const durable = { wakeAnew: () => store.keyRows.raiseAnew(CMK).then(() => 'key-1') } as unknown as Durable;
  const guardian = { store, azure: { isInScope: async () => present(true) } } as unknown as Guardian;
  const request = {
    params: {},
    query: { dryRun: false },
    caller: KEY_HOLDER,
    readBody: async () => ({ kind: 'value', value: { key: CMK } }) as const,
    readText: async () => ({ text: '' }),
  };
  expect(await startReconciliation(request, guardian, durable)).toMatchObject({ status: 202, body: { id: 'key-1' } });
  const { row, consumers } = await store.keyRows.read(CMK);
  expect(row.wanted).toBe(1);
  expect(consumers?.inVain).toBeUndefined();
});
