import { describe, expect, it } from 'vitest';
import {
  absent,
  type Fact,
  type KeyObservation,
  type KeyVersionFacts,
  present,
  unknown,
} from '../../../src/remediation/model/facts.ts';
import { askedInVain, type InVain, isDueAgain } from '../../../src/remediation/observation/asked-in-vain.ts';
import { anObservation, aSingleServer, aVault, aVersion, inDays, V1 } from '../../builders/observation.ts';

const MINUTE = 60_000;

const deletedKey = present({ kind: 'deleted', deletedOn: '', recoverableUntil: '', tags: {} } as const);
const deletedVault = present({
  kind: 'deleted',
  vaultId: aVault().id,
  location: '',
  deletedOn: '',
  recoverableUntil: '',
  tags: {},
} as const);

const seen = (version: Fact<KeyVersionFacts>, changes: Partial<KeyObservation> = {}) =>
  anObservation([[V1, version]], [aSingleServer()], changes);

describe('A key is asked for in vain', () => {
  it.each([
    ['whose vault is out of sight', seen(unknown('a firewall'), { vault: unknown('no right to read it') })],
    ['whose vault does not exist', seen(unknown('gone'), { vault: absent, vaultLoss: present({ kind: 'gone' }) })],
    ['of whose vault nobody can tell what became', seen(unknown('gone'), { vault: absent })],
    ['of which a version is out of sight', seen(unknown('a firewall'))],
    ['that does not exist', seen(absent, { loss: present({ kind: 'gone' }) })],
    ['that has no such version', seen(absent, { loss: present({ kind: 'versionMissing' }) })],
  ])('%s', (_what, observation) => {
    const { observedAt } = observation;
    expect(askedInVain(observation, undefined)).toEqual({ since: observedAt, at: observedAt });
    expect(askedInVain(observation, { since: inDays(-1), at: inDays(-0.5) })).toEqual({
      since: inDays(-1),
      at: observedAt,
    });
  });
  it.each([
    ['that is seen', seen(present(aVersion()))],
    ['that is deleted', seen(absent, { loss: deletedKey })],
    ['whose vault is deleted', seen(unknown('deleted'), { vault: absent, vaultLoss: deletedVault })],
  ])('but none %s', (_what, observation) => {
    expect(askedInVain(observation, { since: inDays(-1), at: inDays(-1) })).toBeUndefined();
  });
});

describe('The pauses', () => {
  it('grow to an hour, and no further', () => {
    const begun = new Date('2026-03-02T00:00:00Z');
    let asked: InVain = { since: begun.toISOString(), at: begun.toISOString() };
    const minutes: number[] = [];
    for (let minute = 5; minute <= 300; minute += 5) {
      const now = new Date(begun.getTime() + minute * MINUTE);
      if (!isDueAgain(asked, now)) continue;
      asked = { ...asked, at: now.toISOString() };
      minutes.push(minute);
    }
    expect(minutes).toEqual([5, 10, 20, 40, 80, 140, 200, 260]);
  });

  it('are the same where every sweep sees it meanwhile, as it does the keys that were seen well', () => {
    const begun = new Date('2026-03-02T00:00:00Z');
    const lost = (now: Date) => seen(absent, { loss: present({ kind: 'gone' }), observedAt: now.toISOString() });
    let asked = askedInVain(lost(begun), undefined);
    const minutes: number[] = [];
    for (let minute = 5; minute <= 300; minute += 5) {
      const now = new Date(begun.getTime() + minute * MINUTE);
      if (asked && isDueAgain(asked, now)) minutes.push(minute);
      asked = askedInVain(lost(now), asked);
    }
    expect(minutes).toEqual([5, 10, 20, 40, 80, 140, 200, 260]);
  });
});
