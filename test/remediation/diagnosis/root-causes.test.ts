import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/remediation/diagnosis/diagnose.ts';
import { rootCauses } from '../../../src/remediation/diagnosis/root-causes.ts';
import { absent, type KeyObservation, unknown } from '../../../src/remediation/model/facts.ts';
import { down, expired, lost } from '../../builders/decision.ts';
import {
  anObservation,
  aSingleServer,
  aVault,
  aVersion,
  inDays,
  KEY,
  NOW,
  V1,
  V2,
} from '../../builders/observation.ts';
import { REMEDIATION } from '../../builders/policy.ts';

const causesOf = (observation: KeyObservation) => rootCauses(diagnose(observation, NOW, REMEDIATION), KEY);
const keyId = `https://${KEY.host}/keys/${KEY.name}`;

describe('The root cause', () => {
  it('of a server lost by an expired key is the key', () => {
    expect(causesOf(lost)).toEqual([keyId]);
  });
  it('of servers that are down though their keys are well is their vault: many keys of one vault are one cause', () => {
    expect(causesOf(anObservation([aVersion()], [down]))).toEqual([aVault().id.toLowerCase()]);
  });
  it('is one for two expired versions of a key', () => {
    const second = aVersion(V2, { expiresOn: inDays(-2) });
    expect(causesOf(anObservation([expired, second], [down, aSingleServer('b', { version: V2 })]))).toEqual([keyId]);
  });
  it('of a missing identity is the server that has none', () => {
    const bare = aSingleServer('bare', { principalId: absent });
    expect(causesOf(anObservation([aVersion()], [bare]))).toEqual([bare.id.toLowerCase()]);
  });
  it('is none where nobody is affected', () => {
    expect(causesOf(anObservation([[V1, unknown('403')]], [aSingleServer()]))).toEqual([]);
  });
});
