import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { productRole } from '../../local/cloud/worlds/product.ts';
import { keyId } from '../../src/remediation/key-ref.ts';
import { makeStep } from '../../src/remediation/make-step.ts';
import { STEP_KINDS, type StepSpec } from '../../src/remediation/steps.ts';
import { anObservation, aSingleServer, aVersion, KEY, kidOf, V1 } from '../builders/observation.ts';

const file = path.join(import.meta.dirname, '..', '..', 'infra', 'custom-role.json');
const role = JSON.parse(readFileSync(file, 'utf8')) as {
  permissions: [{ actions: string[]; dataActions: string[] }];
};
const [{ actions, dataActions }] = role.permissions;

const ofVersion = { target: keyId(KEY), parameters: { key: KEY, version: V1 } };
const revalidating = (consumerKind: 'mysqlSingleServer' | 'mysqlFlexibleServer'): StepSpec => ({
  kind: 'revalidateConsumer',
  target: '/subscriptions/s/servers/orders',
  parameters: { consumerKind, kid: kidOf(V1) },
});

/** One spec of every kind, and of every consumer. */
const SPECS: readonly StepSpec[] = [
  { kind: 'recoverKey', target: keyId(KEY), parameters: { key: KEY } },
  { kind: 'enableKey', ...ofVersion },
  { kind: 'setActivationDate', ...ofVersion },
  {
    kind: 'extendKeyExpiry',
    target: keyId(KEY),
    parameters: { key: KEY, version: V1, period: 'P1Y', maximumAge: 'P5Y', threshold: 'P30D' },
  },
  revalidating('mysqlSingleServer'),
  revalidating('mysqlFlexibleServer'),
];

describe('the custom role', () => {
  it('is exactly what the local cloud lets the product do', () => {
    expect(productRole).toEqual({ actions, dataActions });
  });

  it('allows what every step says it needs', () => {
    const observation = anObservation([aVersion(V1)], [aSingleServer('orders')]);
    const needed = SPECS.flatMap((spec) => makeStep(spec, observation, []).actions);
    expect(new Set(SPECS.map(({ kind }) => kind))).toEqual(new Set(STEP_KINDS));
    expect(needed.filter((one) => ![...actions, ...dataActions].includes(one))).toEqual([]);
  });

  it('lets nothing be deleted, purged or used', () => {
    const dangerous = /delete|purge|wrap|decrypt|encrypt|\/sign|release|\*/i;
    expect([...actions, ...dataActions].filter((one) => dangerous.test(one))).toEqual([]);
  });
});
