import { describe, expect, it } from 'vitest';
import { ROWS } from '../../src/posture/rows.ts';
import { type KeyObservation, type KeyVersionFacts, unknown } from '../../src/remediation/model/facts.ts';
import {
  aFlexibleServer,
  anObservation,
  aVersion,
  inDays,
  rotated,
  unstated,
  V1,
  V2,
} from '../builders/observation.ts';
import { aPath } from '../builders/posture.ts';
import { ACCEPTANCE } from './acceptance.ts';
import { A_CLUSTER_NOT_LOOKED_INTO } from './fixtures/cluster.ts';
import { A_COPY_NOT_LET_IN } from './fixtures/consumer.ts';
import { tryRow } from './fixtures/fixtures.ts';
import { AN_UNVERSIONED_SET } from './fixtures/key.ts';
import { UNPROVEN_STORAGE } from './fixtures/size.ts';

const levels = Object.entries(ACCEPTANCE).flatMap(([level, ids]) => ids.map((id) => [id, level] as const));
/** `S1.D3` after `S1.33`. */
const rank = (id: string): number => {
  const [, document = '', defect = '', number = ''] = /^S(\d)\.(D?)(\d+)$/.exec(id) ?? [];
  return Number(document) * 1_000 + (defect ? 500 : 0) + Number(number);
};
const rowOf = (id: string) => {
  const row = ROWS.find((one) => one.id === id);
  if (!row) throw new Error(`there is no row ${id}`);
  return row;
};
const verdictOf = (id: string, path: ReturnType<typeof aPath>) => {
  const row = rowOf(id);
  return row.about === 'path' ? row.judge(path).verdict : undefined;
};

describe('the acceptance table', () => {
  it('has one row in code for each of the 107 statements, with its level, and no other', () => {
    expect(levels).toHaveLength(107);
    expect(new Map(ROWS.map(({ id, level }) => [id, level]))).toEqual(new Map(levels));
    expect(ROWS).toHaveLength(107);
  });

  it('stands in the order of the documents', () => {
    const ids = ROWS.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted((a, b) => rank(a) - rank(b)));
  });

  it.each(levels.map(([id]) => id))('%s has a check that passes its good fixture and fails its bad one', (id) => {
    const { pass, fail } = tryRow(rowOf(id));
    expect([pass?.verdict, fail?.verdict]).toEqual(['pass', 'fail']);
    expect(pass?.evidence).not.toBe('');
    expect(fail?.evidence).not.toBe('');
  });

  it('wants vault and server in one region, and asks that of no key of backups, which are in another', () => {
    const vault = { location: 'koreasouth' };
    expect(verdictOf('S2.40', aPath({ vault }))).toBe('fail');
    expect(verdictOf('S2.40', aPath({ vault, consumer: aFlexibleServer('billing', { use: 'geoBackup' }) }))).toBe(
      'notApplicable',
    );
  });

  it('calls nothing a failure that nobody could read', () => {
    const nobodyKnows = unknown('a firewall stands in the way');
    const blind = aPath({
      observed: { vault: nobodyKnows, versions: {}, access: {} },
      resource: nobodyKnows,
      locks: nobodyKnows,
      logs: nobodyKnows,
      backup: nobodyKnows,
      history: nobodyKnows,
      lastUse: nobodyKnows,
      health: nobodyKnows,
      alerts: nobodyKnows,
    });
    const failed = ROWS.flatMap((row) => (row.about === 'path' && row.judge(blind).verdict === 'fail' ? [row.id] : []));
    expect(failed).toEqual([]);
  });

  it('reports what only a cluster can tell as not checked, with the corrected YAML', () => {
    for (const id of ['S1.25', 'S1.26']) {
      const row = rowOf(id);
      const { verdict, evidence, plan } =
        row.about === 'cluster' ? row.judge(A_CLUSTER_NOT_LOOKED_INTO) : { verdict: '', evidence: '', plan: [] };
      expect([verdict, evidence]).toEqual(['unknown', expect.stringContaining('not checked')]);
      expect(plan.join('\n')).toContain('provisioner: disk.csi.azure.com');
      expect(plan.join('\n')).toContain('diskEncryptionSetID: ');
    }
  });

  it('does not ask a copy to be revalidated before it is let in', () => {
    expect(verdictOf('S2.62', A_COPY_NOT_LET_IN)).toBe('fail');
    expect(verdictOf('S2.63', A_COPY_NOT_LET_IN)).toBe('notApplicable');
  });

  it('leaves the generation of storage open where nothing proves it', () => {
    expect(['S2.65', 'S2.7'].map((id) => verdictOf(id, UNPROVEN_STORAGE))).toEqual(['unknown', 'unknown']);
  });

  it('fails a disk encryption set whose key has no version', () => {
    expect(verdictOf('S1.16', AN_UNVERSIONED_SET)).toBe('fail');
  });

  it('judges the worse of the versions that a consumer may be using, where it states none', () => {
    const consumer = aFlexibleServer('billing', { version: unstated('P1D') });
    const current = aVersion(V2, { createdOn: inDays(-0.1) });
    const using = (old: KeyVersionFacts, more: Partial<KeyObservation> = {}) => {
      const seen = anObservation([current, old], [consumer], { ...rotated(current, [V1, -0.1]), ...more });
      return aPath({ consumer, observed: { versions: seen.versions, ...rotated(current, [V1, -0.1]), ...more } });
    };
    expect(verdictOf('S2.34', using(aVersion()))).toBe('pass');
    expect(verdictOf('S2.34', using(aVersion(V1, { enabled: false })))).toBe('fail');
    expect(verdictOf('S2.34', using(aVersion(), { superseded: unknown('no list') }))).toBe('unknown');
  });
});
