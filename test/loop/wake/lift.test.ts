import { describe, expect, it } from 'vitest';
import { waitingCauses } from '../../../src/loop/wake/lift.ts';
import type { Baseline } from '../../../src/remediation/model/baseline.ts';
import { aBaseline } from '../../builders/baseline.ts';
import { decisionOn, down, lost } from '../../builders/decision.ts';
import { GROUP, inDays } from '../../builders/observation.ts';
import { policyIn } from '../../builders/policy.ts';

/** A key with a server that is down, whose repair a policy in this mode did not let run. */
const keyAt = (host: string, mode: 'observe' | 'auto', baseline?: Baseline) => ({
  keyId: `https://${host}/keys/cmk`,
  verdict: { at: inDays(0), fingerprint: '', decision: decisionOn(lost, policyIn(mode)) },
  baseline,
});

describe('What waited for an override counts at the fuse', () => {
  const three = ['one', 'two', 'three'].map((name) => `kv-${name}.vault.azure.net`);

  it('by key and consumer, where those are known to belong to it', () => {
    const causes = three.flatMap((host) => waitingCauses(keyAt(host, 'observe', aBaseline([down]))));
    expect(new Set(causes).size).toBe(3);
  });
  it('once for a resource group, where nobody is known: strangers blow the fuse for nobody', () => {
    const causes = three.flatMap((host) => waitingCauses(keyAt(host, 'observe')));
    expect(new Set(causes)).toEqual(new Set([GROUP.toLowerCase()]));
  });
  it('not at all, where nothing was held', () => {
    expect(waitingCauses(keyAt('kv-one.vault.azure.net', 'auto'))).toEqual([]);
  });
});
