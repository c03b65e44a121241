import { describe, expect, it } from 'vitest';
import { beginAnchors } from '../../src/loop/schedule/begin-anchors.ts';
import type { Approval } from '../../src/remediation/model/records.ts';
import type { Anchor } from '../../src/remediation/protocol/anchors.ts';
import { provenIn } from '../../src/remediation/protocol/believe.ts';
import type { LedgerEntry } from '../../src/remediation/protocol/ledger.ts';
import { rowNames } from '../../src/store/key-partition.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { ownPrefix, useAzurite } from '../builders/azurite.ts';
import { anEntry, CHAIN } from '../builders/chain.ts';
import { countedBlobs, countedTables } from '../builders/counted-tables.ts';
import { enter, putDocument, type Tables } from '../builders/tampering.ts';

const OTHER = 'https://contoso.vault.azure.net/keys/other';
const baseline: LedgerEntry = anEntry('b', { kind: 'baseline' });
const approval: Approval = {
  incident: 'one',
  planId: 'plan',
  stepIds: ['extend'],
  by: 'ada',
  at: '2026-01-01T00:00:00Z',
  expires: '2026-01-02T00:00:00Z',
};
const say = { log: () => {} };

const anchor = (seq: number, kind: Anchor['kind'] = 'row'): Anchor => ({ seq, hash: `${seq % 10}`.repeat(64), kind });

describe('Anchors', () => {
  const storage = useAzurite();
  const tablesOf = (store: Store): Tables => ({
    connectionString: storage.connectionString(),
    prefix: storage.prefixOf(store),
  });

  it('are of one chain each, the newest first, back to the newest checkpoint', async () => {
    const store = storage.newStore();
    const { anchors } = store;
    expect(await anchors.newest(CHAIN)).toEqual([]);
    const many = Array.from({ length: 250 }, (_, index) => anchor(index + 1));
    await anchors.add(CHAIN, many);
    const blobs = await countedBlobs(storage.connectionString());
    try {
      const connection = { kind: 'connectionString', connectionString: blobs.connectionString } as const;
      const counted = openStore({ storage: connection, tablePrefix: storage.prefixOf(store) }).anchors;
      // A chain that has no checkpoint is read in ever larger parts.
      expect(await counted.newest(CHAIN)).toHaveLength(250);
      expect(blobs.count()).toBe(3);
    } finally {
      blobs.close();
    }
    await anchors.add(CHAIN, [anchor(120, 'checkpoint')]);
    await anchors.add(OTHER, [anchor(300)]);
    const found = await anchors.newest(CHAIN);
    expect(found[0]).toEqual(anchor(250));
    expect(found).toContainEqual(anchor(120, 'checkpoint'));
    expect(found.length).toBeLessThan(251);
    expect(await anchors.all(CHAIN)).toHaveLength(251);
  });

  it('are left as they are where they are added again', async () => {
    const { anchors } = storage.newStore();
    await anchors.add(CHAIN, [anchor(1)]);
    await anchors.add(CHAIN, [anchor(1), anchor(2)]);
    expect(await anchors.all(CHAIN)).toEqual([anchor(2), anchor(1)]);
  });

  it('are begun once, however many keys are asked for at once when a process starts', async () => {
    const tables = await countedTables(storage.connectionString());
    try {
      const callsOf = async (asking: number): Promise<number> => {
        const counted = { kind: 'connectionString', connectionString: tables.connectionString } as const;
        const { anchors } = openStore({ storage: counted, tablePrefix: ownPrefix() });
        tables.count();
        const answers = await Promise.all(Array.from({ length: asking }, () => anchors.isBegun()));
        expect(answers).toEqual(answers.map(() => true));
        const calls = tables.count();
        await anchors.isBegun();
        expect(tables.count()).toBe(0);
        return calls;
      };
      expect(await callsOf(5)).toBe(await callsOf(1));
    } finally {
      tables.close();
    }
  });

  it('say of the emulator that they prove nothing against its owner', async () => {
    const { anchors } = storage.newStore();
    const unlocked = 'unlocked: proves nothing against the owner of the storage';
    expect(await anchors.protection()).toBe(unlocked);
    await anchors.add(CHAIN, [anchor(1)]);
    expect(await anchors.protection()).toBe(unlocked);
  });

  describe('of what a version before them has kept', () => {
    /** A store whose ledger holds rows and whose container holds nothing. */
    const upgraded = async (): Promise<Store> => {
      const store = storage.newStore();
      await store.keyRows.raise(CHAIN);
      await store.ledger.head(CHAIN);
      await enter(tablesOf(store), CHAIN, [baseline]);
      const row = { ...approval, used: [] };
      await putDocument(tablesOf(store), CHAIN, rowNames.approval(approval), row);
      return store;
    };
    const approvalsIn = async ({ keyRows, records }: Store) =>
      (await records.attested(await keyRows.read(CHAIN))).approvals.length;

    it('make it count, before the first sweep and after it', async () => {
      const store = await upgraded();
      expect(provenIn(await store.ledger.believe(CHAIN))).toHaveLength(1);
      expect(await approvalsIn(store)).toBe(1);
      await beginAnchors({ store, ...say });
      expect(await store.anchors.isBegun()).toBe(true);
      expect(provenIn(await store.ledger.believe(CHAIN))).toHaveLength(1);
      expect(await approvalsIn(store)).toBe(1);
    });

    it('make nothing count that was written afterwards by others', async () => {
      const store = await upgraded();
      await beginAnchors({ store, ...say });
      await enter(tablesOf(store), OTHER, [baseline]);
      await enter(tablesOf(store), CHAIN, [{ ...baseline, id: 'later' }]);
      await putDocument(tablesOf(store), CHAIN, rowNames.approval({ ...approval, by: 'eve' }), {
        ...approval,
        by: 'eve',
        used: [],
      });
      expect(provenIn(await store.ledger.believe(OTHER))).toEqual([]);
      expect(provenIn(await store.ledger.believe(CHAIN))).toHaveLength(1);
      expect(await approvalsIn(store)).toBe(1);
    });
  });

  it('are needed from the first row on where nothing was kept before', async () => {
    const store = storage.newStore();
    await store.ledger.append(CHAIN, { seq: 0, hash: '' }, [anEntry('a')]);
    await enter(tablesOf(store), OTHER, [baseline]);
    expect(provenIn(await store.ledger.believe(OTHER))).toEqual([]);
  });
});

describe('What a row alone says', () => {
  const storage = useAzurite();

  it('is no approval, and makes none wider', async () => {
    const store = storage.newStore();
    await store.ledger.append(CHAIN, { seq: 0, hash: '' }, [anEntry('a')]);
    const tables = { connectionString: storage.connectionString(), prefix: storage.prefixOf(store) };
    await store.records.approve(CHAIN, approval);
    const forged = { ...approval, stepIds: ['recoverVault'], used: [] };
    await putDocument(tables, CHAIN, rowNames.approval({ ...approval, by: 'eve' }), { ...forged, by: 'eve' });
    // The own approval, made wider.
    await putDocument(tables, CHAIN, rowNames.approval(approval), forged);
    expect((await store.records.attested(await store.keyRows.read(CHAIN))).approvals).toEqual([]);
    await store.records.approve(CHAIN, { ...approval, by: 'bob' });
    expect((await store.records.attested(await store.keyRows.read(CHAIN))).approvals).toMatchObject([{ by: 'bob' }]);
  });
});
