import { describe, expect, it } from 'vitest';
import { absent, present } from '../../src/remediation/model/facts.ts';
import { assessed, findingsIn, kindsIn, outlineOf } from '../builders/assessed.ts';
import { aBaseline } from '../builders/baseline.ts';
import {
  aFlexibleServer,
  anObservation,
  aVersion,
  inaccessible,
  inDays,
  V1,
  withAccess,
} from '../builders/observation.ts';

const geo = aFlexibleServer('billing', { use: 'geoBackup', principalId: present('p2'), location: 'koreasouth' });
const loss = present({ kind: 'deleted', deletedOn: inDays(-1), recoverableUntil: inDays(89), tags: {} } as const);

describe('The key for the backups of a server in the paired region', () => {
  it('stops nothing now: its loss is latent, without a deadline, and is repaired', () => {
    const observation = anObservation([[V1, absent]], [geo], { loss });
    const [finding] = findingsIn(observation);
    expect(finding).toMatchObject({ kind: 'keyDeleted', harm: [{ level: 'latent' }] });
    expect(finding?.harm[0]).not.toHaveProperty('deadline');
    expect(outlineOf(observation)).toEqual([['recoverKey', 'run']]);
  });
  it('is not why the server is down: its state speaks of its own key', () => {
    expect(kindsIn(anObservation([aVersion()], [{ ...geo, state: inaccessible }]))).toEqual([]);
  });
  it('is given back to its identity, and no server is revalidated for it', () => {
    const observation = anObservation([aVersion()], [geo], {
      ...withAccess({ p2: { permissions: [] } }),
      otherKeys: present(false),
    });
    const { plan } = assessed(observation, { known: { baseline: aBaseline([geo]) } });
    expect(plan.steps.map(({ kind }) => kind)).toEqual(['grantKeyAccess']);
  });
  it('may be in another region than the server', () => {
    expect(kindsIn(anObservation([aVersion()], [geo]))).toEqual([]);
  });
});
