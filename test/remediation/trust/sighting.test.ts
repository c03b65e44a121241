import { describe, expect, it } from 'vitest';
import { absent, type KeyObservation, present, unknown } from '../../../src/remediation/model/facts.ts';
import type { Known, Sighting } from '../../../src/remediation/model/known.ts';
import { sightingOf } from '../../../src/remediation/trust/sighting.ts';
import { aBaseline } from '../../builders/baseline.ts';
import {
  aDiskEncryptionSet,
  aFlexibleServer,
  anObservation,
  aSingleServer,
  aVault,
  aVersion,
  inaccessible,
  inDays,
  withAccess,
} from '../../builders/observation.ts';
import { aSetting, dependents } from '../../builders/vault-dependents.ts';

const server = aSingleServer('orders', { principalId: present('P1') });
const set = aDiskEncryptionSet('disks', { principalId: present('p3') });
const all = { permissions: ['get', 'unwrapKey', 'wrapKey'] } as const;
const none = { permissions: [] } as const;
const baseline = aBaseline([server, set]);

const observed = (access: Parameters<typeof withAccess>[0], changes: Partial<KeyObservation> = {}): KeyObservation =>
  anObservation([aVersion()], [server, set], { ...withAccess(access), ...changes });
const saw = (days: number, has: readonly string[], lacks: readonly string[]): Sighting => ({
  at: inDays(days),
  has,
  lacks,
});
const sighted = (observation: KeyObservation, sightings: readonly Sighting[] = [], known: Known = {}) =>
  sightingOf(observation, { baseline, sightings, ...known });

describe('What the ledger is told of who has which right', () => {
  it('is nothing as long as everybody has what they had', () => {
    expect(sighted(observed({ p1: all, p3: { ...all, reader: true } }))).toBeUndefined();
  });
  it('is everything as soon as somebody lacks something, and again when that is back', () => {
    const taken = observed({ p1: none, p3: { ...all, reader: false } });
    expect(sighted(taken)).toEqual({ has: ['key p3'], lacks: ['key p1', 'reader p3'] });
    const last = [saw(-1, ['key p3'], ['key p1', 'reader p3'])];
    expect(sighted(taken, last)).toBeUndefined();
    const given = observed({ p1: all, p3: { ...all, reader: true } });
    expect(sighted(given, last)).toEqual({ has: ['key p1', 'key p3', 'reader p3'], lacks: [] });
  });
  it('is nothing of what nobody could tell, nor of a vault that is not there', () => {
    expect(sighted(observed({ p1: unknown('a group'), p3: all }))).toBeUndefined();
    expect(sighted(observed({ p1: none, p3: all }, { vault: absent }))).toBeUndefined();
  });
  it('is nothing of strangers, who never had any', () => {
    const known = { baseline: aBaseline([set]) };
    const stranger = aFlexibleServer('stranger', { state: inaccessible, principalId: present('p2') });
    const observation = { ...observed({ p2: none, p3: all }), consumers: present([stranger, set]) };
    expect(sighted(observation, [], known)).toBeUndefined();
  });
  it('is everything once more when its vault was recovered, so that what is taken later is known to be', () => {
    const target = aVault().id.toLowerCase();
    const recovery = { stepId: 's', step: 'recoverVault', target, outcome: 'done', why: '', at: inDays(-0.1) } as const;
    const known = { attempts: [recovery] };
    const well = observed({ p1: all, p3: all });
    expect(sighted(well, [], known)).toEqual({ has: ['key p1', 'key p3'], lacks: [] });
    expect(sighted(well, [saw(-0.05, ['key p1', 'key p3'], [])], known)).toBeUndefined();
  });
  it('is also what hung on a recovered vault, which is back when it lacked before', () => {
    const part = `part ${aSetting('audit').id.toLowerCase()}`;
    const lost = { notRebuilt: present(dependents({ diagnosticSettings: [aSetting('audit')] })) };
    expect(sighted(observed({ p1: all, p3: all }, lost))?.lacks).toEqual([part]);
    const back = { notRebuilt: present(dependents()) };
    expect(sighted(observed({ p1: all, p3: all }, back), [saw(-1, [], [part])])?.has).toContain(part);
  });
});
