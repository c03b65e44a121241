import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../src/azure/connection/activity-log.ts';
import type { Guardian } from '../../../src/loop/guardian.ts';
import { type Loss, NO_AUDIT_SOURCE, whoDidIt } from '../../../src/loop/reconcile/who-did-it.ts';
import { absent, type Fact, present, unknown } from '../../../src/remediation/model/facts.ts';
import type { FindingKind } from '../../../src/remediation/model/faults.ts';
import type { Finding } from '../../../src/remediation/model/findings.ts';

const KEY = 'https://contoso.vault.azure.net/keys/cmk';
const GROUP = '/subscriptions/00000000-0000-0000-0000-000000000001/resourcegroups/data';
const VAULT = `${GROUP}/providers/microsoft.keyvault/vaults/contoso`;
const SERVER = `${GROUP}/providers/microsoft.dbformysql/servers/orders`;
const OPENED = '2026-03-02T12:00:00.000Z';
const hoursLater = (hours: number): Date => new Date(Date.parse(OPENED) + hours * 3_600_000);

const aRoot = (kind: FindingKind, target: string, evidence: Finding['evidence'] = {}): Finding => ({
  kind,
  target,
  evidence,
  harm: [],
  rows: [],
  sentence: 'It is broken.',
});
const anAct = (caller: string, correlationId = 'theirs'): Activity => ({
  at: '2026-03-02T11:59:00.000Z',
  operation: 'KeyDelete',
  caller,
  resourceId: KEY,
  correlationId,
});

const asking = async (loss: Partial<Loss>, log: () => Promise<Fact<readonly Activity[]>>, now = hoursLater(2)) => {
  const asked: string[] = [];
  const azure = {
    keyActsSince: ({ name }: { readonly name: string }, from: string, until: string) => {
      asked.push(`key ${name} ${from} ${until}`);
      return log();
    },
    activitySince: (id: string, from: string, until: string) => {
      asked.push(`resource ${id.split('/').at(-1)} ${from} ${until}`);
      return log();
    },
  } as unknown as Guardian['azure'];
  const whole = { roots: [aRoot('keyDeleted', KEY)], openedAt: OPENED, ours: new Set(['ours']), ...loss };
  return { ...(await whoDidIt({ azure }, whole, now)), asked };
};

describe('Who caused an incident', () => {
  it('is asked of the audit log where the key itself was touched, in the hour before the loss and until it was detected', async () => {
    const lostAt = Date.parse('2026-03-02T11:50:00.000Z');
    expect(
      await asking({ lostAt }, async () => present([anAct('eve@contoso.com'), anAct('us', 'ours')])),
    ).toMatchObject({
      acts: [{ by: 'eve@contoso.com', operation: 'KeyDelete', source: 'auditLog', on: KEY }],
      says: [],
      isFinal: true,
      asked: [`key cmk 2026-03-02T10:50:00.000Z ${OPENED}`],
    });
  });

  it('is asked of the activity log of the vault where access is gone, and of a resource where that is ill itself', async () => {
    const roots = [aRoot('accessMissing', SERVER, { vault: VAULT }), aRoot('identityMissing', SERVER)];
    const { asked } = await asking({ roots }, async () => present([]));
    expect(asked.map((one) => one.split(' ').slice(0, 2).join(' '))).toEqual(['resource contoso', 'resource orders']);
  });

  it('is unknown without an audit source, in these words', async () => {
    expect(await asking({}, async () => absent)).toMatchObject({ acts: [], says: [NO_AUDIT_SOURCE], isFinal: true });
    expect(NO_AUDIT_SOURCE).toBe('unknown: no audit source');
  });

  it.each([
    ['may not be read', async () => unknown('no access'), /no access/, true],
    ['does not answer', () => Promise.reject(new Error('throttled')), /throttled/, false],
    ['shows nobody', async () => present([anAct('us', 'ours')]), /shows no act of anybody else/, true],
  ] as const)('is unknown, with the reason, where the log %s', async (_what, log, why, isFinal) => {
    expect(await asking({}, log)).toMatchObject({ acts: [], says: [expect.stringMatching(why)], isFinal });
  });

  it('may still be told by a log that lags behind: silence is final only after an hour', async () => {
    expect(await asking({}, async () => present([]), hoursLater(0.5))).toMatchObject({ isFinal: false });
    expect(await asking({}, async () => present([anAct('eve')]), hoursLater(0.1))).toMatchObject({ isFinal: true });
  });

  it('is unknown where the activity log keeps it no more', async () => {
    const roots = [aRoot('vaultDeleted', VAULT)];
    const { asked, says } = await asking({ roots }, async () => present([]), hoursLater(24 * 90));
    expect([asked, says]).toEqual([[], ['unknown: the activity log keeps 90 days']]);
  });

  it('is asked of a day at most, however long ago the loss was, and of three logs at most', async () => {
    const roots = ['a', 'b', 'c', 'd'].map((name) => aRoot('keyExpired', `${KEY}${name}`));
    const { asked } = await asking({ roots, lostAt: 0 }, async () => present([]));
    expect(asked).toHaveLength(3);
    expect(asked[0]).toContain('2026-03-01T12:00:00.000Z');
  });
});
