import { describe, expect, it } from 'vitest';
import { type ConsumerFacts, unknown } from '../../src/remediation/model/facts.ts';
import { hasImpact } from '../../src/remediation/model/findings.ts';
import { isHsmHost, parseKeyId } from '../../src/remediation/model/key-ref.ts';
import { parseOverrideTarget } from '../../src/remediation/model/override-target.ts';
import { assessed } from '../builders/assessed.ts';
import { anObservation, aSingleServer, inaccessible } from '../builders/observation.ts';

const KID = 'https://contoso.managedhsm.azure.net/keys/cmk/0123456789abcdef0123456789abcdef';
const KEY = { host: 'contoso.managedhsm.azure.net', name: 'cmk' };

const of = (state: Partial<ConsumerFacts>) => {
  const version = KID.split('/').at(-1) ?? '';
  const server = { ...aSingleServer('orders', state), pinned: { key: KEY, version, kid: KID } };
  const unseen = unknown('contoso.managedhsm.azure.net is a Managed HSM');
  return anObservation([[version, unseen]], [server], { key: KEY, vault: unseen });
};

describe('A key in a Managed HSM', () => {
  it('is a key, and in no vault: no override means it', () => {
    expect(parseKeyId(KID.toUpperCase())).toEqual({ key: KEY, version: '0123456789abcdef0123456789abcdef' });
    expect([isHsmHost(KEY.host), isHsmHost('managedhsm.vault.azure.net')]).toEqual([true, false]);
    expect(parseOverrideTarget(KID)).toBeUndefined();
  });

  it('is said to be one, with what a person looks at, and affects nobody by that', () => {
    const { findings, kind, plan } = assessed(of({}));
    expect(findings.map((one) => one.kind)).toContain('keyInManagedHsm');
    expect(findings.filter(hasImpact)).toEqual([]);
    expect([kind, plan.steps]).toEqual(['unseen', []]);
    expect(plan.instructions.join(' ')).toMatch(
      /az keyvault key show --id https:\/\/contoso\.managedhsm\.\S+`.*az keyvault role assignment list --hsm-name contoso --scope \/keys\/cmk/,
    );
  });

  it('opens an incident where a server of it is down, in which nothing runs', () => {
    const { findings, verdicts } = assessed(of({ state: inaccessible }));
    expect(findings.filter(hasImpact).map((one) => one.kind)).toEqual(['consumerInaccessible']);
    expect(verdicts.filter(({ verdict }) => verdict !== 'report')).toEqual([]);
  });
});
