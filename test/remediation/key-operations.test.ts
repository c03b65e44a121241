import { describe, expect, it } from 'vitest';
import type { ConsumerFacts, KeyVersionFacts } from '../../src/remediation/model/facts.ts';
import { hasImpact } from '../../src/remediation/model/findings.ts';
import { assessed, findingsIn, kindsIn } from '../builders/assessed.ts';
import {
  aDiskEncryptionSet,
  aFlexibleServer,
  anObservation,
  aSingleServer,
  aVersion,
  inaccessible,
  inDays,
  V1,
} from '../builders/observation.ts';

const ALL = ['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey'];
const without = (...missing: readonly string[]) => ALL.filter((one) => !missing.includes(one));

const used = (version: Partial<KeyVersionFacts>, ...consumers: readonly ConsumerFacts[]) =>
  anObservation([aVersion(V1, version)], consumers);

const down = { state: inaccessible };

describe('A key version whose operations leave out what its consumers need', () => {
  it('is a fault where Azure shows its operations, and none where they permit both', () => {
    expect(kindsIn(used({ operations: ALL }, aSingleServer()))).toEqual([]);
    expect(kindsIn(used({}, aSingleServer()))).toEqual([]);
    expect(kindsIn(used({ operations: without('unwrapKey') }, aSingleServer()))).toEqual(['keyCannotUnwrap']);
    expect(kindsIn(used({ operations: without('wrapKey') }, aSingleServer()))).toEqual(['keyCannotWrap']);
    expect(kindsIn(used({ operations: without('wrapKey', 'unwrapKey') }, aSingleServer()))).toEqual([
      'keyCannotUnwrap',
    ]);
  });

  it.each([
    ['a single server', aSingleServer('down', down), ['unwrapKey']],
    ['a single server', aSingleServer('down', down), ['wrapKey']],
    ['a flexible server', aFlexibleServer('down', down), ['unwrapKey', 'wrapKey']],
    ['a disk encryption set', aDiskEncryptionSet('down'), ['unwrapKey']],
  ])('has %s revalidated by nobody, and a person told the command (%#)', (_kind, consumer, missing) => {
    const { findings, plan, kind } = assessed(used({ operations: without(...missing) }, consumer));
    expect(plan.steps).toEqual([]);
    expect(kind).toBe('report');
    expect(findings.some(hasImpact)).toBe(true);
    expect(plan.instructions.join(' ')).toMatch(/az keyvault key set-attributes .*--ops .*wrapKey/);
  });

  it('weakens who unwraps only, and affects them at once where they cannot', () => {
    const levelsOf = (missing: string) =>
      findingsIn(used({ operations: without(missing) }, aFlexibleServer('web', down)))
        .filter(({ kind }) => kind !== 'consumerInaccessible')
        .flatMap(({ harm }) => harm.map(({ level }) => level));
    expect(levelsOf('wrapKey')).toEqual(['latent']);
    expect(levelsOf('unwrapKey')).toEqual(['active']);
  });

  it('is extended all the same where it expires', () => {
    const version = { operations: without('wrapKey'), expiresOn: inDays(3), updatedOn: inDays(-90) };
    expect(assessed(used(version, aSingleServer())).plan.steps.map(({ kind }) => kind)).toEqual(['extendKeyExpiry']);
  });
});

describe('A key on a curve, or one that is symmetric,', () => {
  it('opens an incident where a server of it is down, also where it can wrap, as a symmetric one of a Managed HSM can', () => {
    const symmetric = used(
      { keyType: 'oct-HSM', keySize: 256, operations: ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'] },
      aSingleServer('down', down),
    );
    const { findings, notes, plan } = assessed(symmetric);
    expect(findings.filter(hasImpact).map((one) => one.kind)).toEqual(['consumerInaccessible']);
    expect(plan.steps).toEqual([]);
    expect(notes.join(' ')).toMatch(/oct-HSM 256, which Azure does not support.*--kty RSA/);
  });

  it('is said to be none that fits, with the command that makes one, and no consumer of it is revalidated', () => {
    const curve = used({ keyType: 'EC', operations: ['sign', 'verify'] }, aSingleServer('down', down));
    const { plan, kind, findings } = assessed(curve);
    expect(plan.steps).toEqual([]);
    expect(kind).toBe('report');
    expect(findings.map((one) => one.kind)).toEqual(['keyCannotUnwrap', 'consumerInaccessible', 'keyTypeUnsupported']);
    expect(plan.instructions.join(' ')).toMatch(
      /EC.*does not permit unwrapKey and wrapKey.*az keyvault key create .*--kty RSA/,
    );
    expect(plan.instructions.join(' ')).not.toContain('set-attributes');
  });
});
