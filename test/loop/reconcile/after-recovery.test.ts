import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Activity } from '../../../src/azure/connection/activity-log.ts';
import type { Guardian } from '../../../src/loop/guardian.ts';
import { snapshotEntry, snapshotJson } from '../../../src/loop/memory/vault-snapshot.ts';
import { afterRecovery } from '../../../src/loop/reconcile/after-recovery.ts';
import { PRODUCT_CHAIN } from '../../../src/loop/record.ts';
import { canonicalJson, sha256 } from '../../../src/remediation/model/canonical.ts';
import { absent, type Fact, present, unknown } from '../../../src/remediation/model/facts.ts';
import type { Known } from '../../../src/remediation/model/known.ts';
import type { VaultDependents } from '../../../src/remediation/model/vault-dependents.ts';
import { believe } from '../../../src/remediation/protocol/believe.ts';
import { emptyChain, type LedgerEntry, type LedgerRow, link } from '../../../src/remediation/protocol/ledger.ts';
import { aVault, inDays, NOW } from '../../builders/observation.ts';
import { anAssignment, anEventSubscription, aSetting, dependents } from '../../builders/vault-dependents.ts';

beforeAll(() => {
  vi.useFakeTimers({ now: NOW });
});
afterAll(() => {
  vi.useRealTimers();
});

const VAULT = aVault();
const OPENED = inDays(-0.1);

const SNAPSHOT = dependents({
  roleAssignments: [anAssignment('a'), anAssignment('b')],
  eventSubscriptions: [anEventSubscription('guardian')],
  diagnosticSettings: [aSetting('audit')],
});

const recovered: Known = {
  incidentOpenedAt: OPENED,
  attempts: [
    {
      stepId: 's',
      step: 'recoverVault',
      target: VAULT.id.toLowerCase(),
      outcome: 'done',
      why: '',
      at: inDays(-0.05),
    },
  ],
};

const deleted: Activity = {
  at: OPENED,
  operation: 'Microsoft.KeyVault/vaults/delete',
  caller: 'somebody',
  resourceId: VAULT.id,
  correlationId: 'c',
};
const takenOff = (name: string, at: string): Activity => ({
  ...deleted,
  at,
  operation: 'Microsoft.Authorization/roleAssignments/delete',
  resourceId: anAssignment(name).id,
});

const entryOf = (held: VaultDependents, at: string): LedgerEntry =>
  snapshotEntry(VAULT.id, at, sha256(canonicalJson(snapshotJson(held))));

type Given = {
  /** The entries of the product's ledger. */
  readonly entries?: readonly LedgerEntry[];
  readonly blobs?: readonly VaultDependents[];
  readonly log?: Fact<readonly Activity[]>;
  readonly now?: Fact<VaultDependents>;
  readonly known?: Known;
  readonly chain?: readonly LedgerRow[];
  readonly tamper?: (rows: readonly LedgerRow[]) => readonly LedgerRow[];
};

/** The observation after the recovery, and the instant since which the activity log was read. */
const seen = async (given: Given) => {
  const { entries = [entryOf(SNAPSHOT, inDays(-1))], blobs = [SNAPSHOT], log = present([deleted]) } = given;
  const { now = present(dependents()), known = recovered, chain = [], tamper = (rows) => rows } = given;
  const asked: string[] = [];
  const held = new Map(blobs.map((blob) => [sha256(canonicalJson(snapshotJson(blob))), blob]));
  const guardian = {
    azure: {
      activitySince: async (_: string, from: string) => {
        asked.push(from);
        return log;
      },
      readVaultDependents: async () => now,
    },
    store: {
      ledger: {
        believe: async () => believe(PRODUCT_CHAIN, tamper(link(PRODUCT_CHAIN, emptyChain, entries)), [], false),
      },
      evidence: { get: async (hash: string) => held.get(hash) },
    },
  } as unknown as Guardian;
  return { ...(await afterRecovery(guardian, { vault: present(VAULT) }, known, chain)), asked };
};

describe('a vault that was recovered', () => {
  it('is compared with its snapshot, and asked about what was taken away before', async () => {
    const { asked, notRebuilt, takenAway } = await seen({ log: present([takenOff('b', inDays(-0.2)), deleted]) });
    expect(takenAway).toEqual(present([anAssignment('b')]));
    expect(notRebuilt).toEqual(present({ ...SNAPSHOT, roleAssignments: [anAssignment('a')] }));
    expect(asked).toEqual([inDays(-1 - 1 / 24)]);
  });

  it('lacks nothing that somebody had deleted before it was, and tells when that was', async () => {
    const gone = { ...deleted, at: inDays(-0.2), operation: 'Microsoft.Insights/diagnosticSettings/delete' };
    const log = present([{ ...gone, resourceId: aSetting('audit').id.toUpperCase() }, deleted]);
    const { notRebuilt, vaultDeletedAt } = await seen({ log });
    expect(notRebuilt).toEqual(present({ ...SNAPSHOT, diagnosticSettings: [] }));
    expect(vaultDeletedAt).toBe(OPENED);
  });

  it('lacks nothing that it has', async () => {
    expect((await seen({ now: present(SNAPSHOT) })).notRebuilt).toEqual(present(dependents()));
  });

  it('is not asked about before this incident has recovered it', async () => {
    expect(await seen({ known: { incidentOpenedAt: OPENED, attempts: [] } })).toEqual({ asked: [] });
  });

  it('is compared with the last snapshot from before the incident, not with what came after', async () => {
    const bare = dependents();
    const entries = [entryOf(SNAPSHOT, inDays(-1)), entryOf(bare, inDays(-0.04))];
    expect((await seen({ entries, blobs: [SNAPSHOT, bare] })).notRebuilt).toEqual(present(SNAPSHOT));
  });

  it('has no known remains where it has no snapshot; rights are then asked about since the key’s own baseline', async () => {
    const baseline: LedgerEntry = { id: 'b', at: inDays(-3), kind: 'baseline', detail: {}, correlationIds: [] };
    const { asked, notRebuilt, takenAway } = await seen({ entries: [], chain: link('k', emptyChain, [baseline]) });
    expect({ asked, notRebuilt, takenAway }).toEqual({
      asked: [inDays(-3)],
      notRebuilt: absent,
      takenAway: present([]),
    });
  });
});

describe('nobody can tell what was taken away', () => {
  it.each<[string, Given]>([
    ['where there is neither snapshot nor baseline', { entries: [] }],
    ['where both are older than the activity log', { entries: [entryOf(SNAPSHOT, inDays(-89.5))] }],
    ['where the log may not be read', { log: unknown('403') }],
    ['where the log is behind', { log: present([]) }],
    ['where a right went that the snapshot does not hold', { log: present([takenOff('c', inDays(-0.2)), deleted]) }],
  ])('%s', async (_, given) => {
    expect((await seen(given)).takenAway).toMatchObject({ kind: 'unknown' });
  });
});

describe('a snapshot counts only as it was entered', () => {
  it.each<[string, Given, RegExp]>([
    ['its blob is gone', { blobs: [] }, /is gone/],
    [
      'a row of the ledger was changed',
      { tamper: (rows) => rows.map((row) => ({ ...row, evidence: 'another' })) },
      /not intact/,
    ],
    ['the vault cannot be read now', { now: unknown('AuthorizationFailed') }, /AuthorizationFailed/],
  ])('where %s, nobody knows what is lacking', async (_, given, reason) => {
    expect((await seen(given)).notRebuilt).toMatchObject({ kind: 'unknown', reason: expect.stringMatching(reason) });
  });
});
