import { describe, expect, it } from '@jest/globals';
import { absent, type KeyObservation, present, unknown } from '../../../src/remediation/model/facts.ts';
import type { PolicyRecords } from '../../../src/remediation/model/records.ts';
import { cancelled } from '../../../src/remediation/policy/recheck.ts';
import { markedIn } from '../../../src/remediation/policy/remembered-marks.ts';
import type { StepKind } from '../../../src/remediation/steps/steps.ts';
import { assessed, outlineOf, stepOf } from '../../builders/assessed.ts';
import {
  anObservation,
  aSingleServer,
  aVault,
  aVersion,
  GROUP,
  inaccessible,
  inDays,
  KEY,
  kidOf,
  NOW,
  V1,
  V2,
} from '../../builders/observation.ts';
import { policyIn, someRecords } from '../../builders/policy.ts';

const TAG = 'cmk-guardian:do-not-heal';
const down = aSingleServer('orders', { state: inaccessible });
const OTHER = `https://${KEY.host}/keys/other`;
const NEIGHBOUR = `${GROUP}/providers/Microsoft.DBforMySQL/servers/neighbour`;
const ELSEWHERE = 'https://elsewhere.vault.azure.net/keys/other';

const withoutVault = anObservation([[V1, absent]], [down], {
  vault: absent,
  vaultLoss: present({
    kind: 'deleted',
    vaultId: aVault().id,
    location: 'koreacentral',
    deletedOn: inDays(-1),
    recoverableUntil: inDays(80),
    tags: {},
  }),
});
const closed = anObservation([aVersion()], [down], {
  vault: present(aVault({ network: { ...aVault().network, bypass: 'None' } })),
});
const purged = anObservation([[V1, absent]], [down], {
  loss: present({ kind: 'gone' }),
  backup: present('contoso/cmk'),
});

const forbidding = (target: string): Partial<PolicyRecords> => ({
  doNotHeal: [{ target, by: 'ada', why: 'legal hold' }],
});
const rightBefore = (observation: KeyObservation, kind: StepKind, records: Partial<PolicyRecords>) =>
  cancelled(
    stepOf(assessed(observation), kind),
    { kind: 'policy' },
    {
      records: present(someRecords(records)),
      tagged: present([]),
      settings: policyIn('auto'),
      now: NOW,
    },
  );

describe('The tag of a version', () => {
  it('is remembered as long as nobody can read the version', () => {
    const seen = (...facts: Parameters<typeof anObservation>[0]) => anObservation(facts, [down]);
    const tagged = aVersion(V1, { tags: { [TAG]: '' } });
    expect(markedIn(seen(tagged), TAG, [])).toEqual([kidOf(V1)]);
    expect(markedIn(withoutVault, TAG, [kidOf(V1)])).toEqual([kidOf(V1)]);
    expect(markedIn(seen([V1, unknown('403')]), TAG, [kidOf(V1)])).toEqual([kidOf(V1)]);
    expect(markedIn(seen(aVersion()), TAG, [kidOf(V1)])).toEqual([]);
    expect(markedIn(seen(aVersion()), TAG, [kidOf(V2)])).toEqual([]);
  });
  it.each<[StepKind, KeyObservation]>([
    ['recoverVault', withoutVault],
    ['restoreKeyFromBackup', purged],
  ])('forbids %s, before which nobody can read it', (kind, observation) => {
    expect(outlineOf(observation)[0]).toEqual([kind, 'run']);
    expect(outlineOf(observation, { records: { marked: [kidOf(V1)] } })[0]).toEqual([kind, 'report']);
    expect(rightBefore(observation, kind, { marked: [kidOf(V1)] })).toContain('carried the tag');
  });
});

describe.each<[StepKind, KeyObservation]>([
  ['recoverVault', withoutVault],
  ['setVaultBypass', closed],
])('%s gives every key of the vault back, so that it', (kind, observation) => {
  it.each<[string, Partial<PolicyRecords>]>([
    ['a record for another key in it', forbidding(OTHER)],
    [
      'a record for a consumer of another key',
      { ...forbidding(NEIGHBOUR), neighbours: { ids: [NEIGHBOUR], marked: [] } },
    ],
    ['a tag on another key, or on whoever uses it', { neighbours: { ids: [], marked: [OTHER] } }],
  ])('is forbidden by %s', (_what, records) => {
    expect(outlineOf(observation, { records })[0]).toEqual([kind, 'report']);
    expect(rightBefore(observation, kind, records)).toMatch(/legal hold|carried the tag/);
  });
  it('is not by a record for another vault, nor by one that has ended', () => {
    const ended = { doNotHeal: [{ target: OTHER, by: 'ada', why: 'test', until: inDays(-1) }] };
    expect(outlineOf(observation, { records: forbidding(ELSEWHERE) })[0]).toEqual([kind, 'run']);
    expect(outlineOf(observation, { records: ended })[0]).toEqual([kind, 'run']);
  });
});
