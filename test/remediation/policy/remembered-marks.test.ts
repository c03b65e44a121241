import { describe, expect, it } from 'vitest';
import { absent, type KeyObservation, present, unknown } from '../../../src/remediation/model/facts.ts';
import { keyId } from '../../../src/remediation/model/key-ref.ts';
import type { PolicyRecords } from '../../../src/remediation/model/records.ts';
import { cancelled } from '../../../src/remediation/policy/recheck.ts';
import { markedIn } from '../../../src/remediation/policy/remembered-marks.ts';
import type { StepKind } from '../../../src/remediation/steps/steps.ts';
import { assessed, outlineOf, stepOf } from '../../builders/assessed.ts';
import { aBaseline } from '../../builders/baseline.ts';
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
      settings: policyIn('auto', { autoReverse: 'all' }),
      host: KEY.host,
      now: NOW,
    },
  );

const MARK = { [TAG]: '' };
const SERVER = down.id.toLowerCase();
const VAULT_ID = aVault().id.toLowerCase();
const KEY_ID = keyId(KEY);
const disabled = anObservation([aVersion(V1, { enabled: false })], [down]);
const deleted = anObservation([[V1, absent]], [down], {
  loss: present({ kind: 'deleted', deletedOn: inDays(-1), recoverableUntil: inDays(80), tags: {} }),
});

/** The resources that can have the tag, by their id, each with an observation in which it was read with these tags. */
const BEARERS: readonly [string, string, (tags: Record<string, string>) => KeyObservation][] = [
  ['a version in use', kidOf(V1), (tags) => anObservation([aVersion(V1, { tags })], [down])],
  [
    'the current version, which nobody uses',
    kidOf(V2),
    (tags) => anObservation([aVersion()], [down], { current: present(aVersion(V2, { tags })) }),
  ],
  ['the vault', VAULT_ID, (tags) => anObservation([aVersion()], [down], { vault: present(aVault({ tags })) })],
  ['a consumer', SERVER, (tags) => anObservation([aVersion()], [aSingleServer('orders', { tags })])],
];

describe('The tag', () => {
  it.each(BEARERS)('on %s is remembered until that was read without it', (_what, id, seen) => {
    expect(markedIn(seen(MARK), TAG, [])).toEqual([id]);
    expect(markedIn(seen({}), TAG, [id])).toEqual([]);
    expect(markedIn(seen({ [TAG]: 'false' }), TAG, [id])).toEqual([]);
  });

  it.each(BEARERS)(
    'on %s stays as long as nobody can read it: vault or key deleted, consumer gone or unreadable',
    (_what, id) => {
      const blind = anObservation([[V1, unknown('403')]], [], { vault: unknown('403'), consumers: unknown('403') });
      for (const unread of [{ ...withoutVault, consumers: present([]) }, blind])
        expect(markedIn(unread, TAG, [id])).toContain(id);
      const gone = anObservation([[V1, absent]], [], { vault: absent });
      expect(markedIn(gone, TAG, [id])).toEqual([id]);
    },
  );

  it('of a version that nobody uses any more stays, since bringing the key back brings that back', () => {
    expect(markedIn(anObservation([aVersion()], [down]), TAG, [kidOf(V2)])).toEqual([kidOf(V2)]);
  });

  it('on what is left of a deleted key or vault counts, and that there is none takes no mark back', () => {
    const lost = (tags: Record<string, string>) =>
      anObservation([[V1, absent]], [down], {
        loss: present({ kind: 'deleted', deletedOn: inDays(-1), recoverableUntil: inDays(80), tags }),
      });
    expect(markedIn(lost(MARK), TAG, [])).toEqual([KEY_ID]);
    expect(markedIn(lost({}), TAG, [KEY_ID])).toEqual([KEY_ID]);
  });

  it.each<[StepKind, KeyObservation]>([
    ['recoverVault', withoutVault],
    ['restoreKeyFromBackup', purged],
    ['recoverKey', deleted],
    ['enableKey', disabled],
  ])('forbids %s, though nobody can read any more what bore it', (kind, observation) => {
    expect(outlineOf(observation)[0]).toEqual([kind, 'run']);
    const gone = `${GROUP}/providers/Microsoft.DBforMySQL/servers/gone`.toLowerCase();
    const ids = kind === 'enableKey' ? [gone] : [kidOf(V1), kidOf(V2), KEY_ID, gone];
    for (const id of ids) {
      expect(outlineOf(observation, { records: { marked: [id] } })[0]).toEqual([kind, 'report']);
      expect(rightBefore(observation, kind, { marked: [id] })).toContain('carried the tag');
    }
  });

  it('that was just read without it forbids nothing, though the memory of it is older', () => {
    for (const id of [kidOf(V1), SERVER, VAULT_ID])
      expect(outlineOf(disabled, { records: { marked: [id] } })[0]).toEqual(['enableKey', 'run']);
  });

  it('on another version of the key forbids no repair of the one that is in use', () => {
    expect(outlineOf(disabled, { records: { marked: [kidOf(V2)] } })[0]).toEqual(['enableKey', 'run']);
  });
});

describe('A record on what a step brings back', () => {
  const GONE = `${GROUP}/providers/Microsoft.DBforMySQL/servers/gone`;
  const known = { baseline: aBaseline([aSingleServer('orders'), aSingleServer('gone')]) };
  it.each<[StepKind, KeyObservation]>([
    ['recoverVault', withoutVault],
    ['restoreKeyFromBackup', purged],
    ['recoverKey', deleted],
  ])('forbids %s, be it a version that nobody uses, or a consumer that is gone', (kind, observation) => {
    for (const target of [
      kidOf(V2),
      `${VAULT_ID}/keys/${KEY.name}/versions/${V2}`,
      VAULT_ID,
      `https://${KEY.host}:443/`,
    ]) {
      expect(outlineOf(observation, { records: forbidding(target) })[0]).toEqual([kind, 'report']);
      expect(rightBefore(observation, kind, forbidding(target))).toContain('legal hold');
    }
    expect(outlineOf(observation, { known })[0]?.[0]).toBe(kind);
    expect(outlineOf(observation, { known, records: forbidding(GONE) })[0]).toEqual([kind, 'report']);
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
      { ...forbidding(NEIGHBOUR), otherKeysInVault: { ids: [NEIGHBOUR], marked: [] } },
    ],
    ['a tag on another key, or on whoever uses it', { otherKeysInVault: { ids: [], marked: [OTHER] } }],
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
