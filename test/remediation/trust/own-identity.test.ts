import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from '../../../src/remediation/assess.ts';
import { type ConsumerFacts, type KeyObservation, present } from '../../../src/remediation/model/facts.ts';
import type { Decision } from '../../../src/remediation/policy/policy-types.ts';
import { arbitrarySituation } from '../../builders/arbitrary-situation.ts';
import { assessed } from '../../builders/assessed.ts';
import { aBaseline, wasWell } from '../../builders/baseline.ts';
import {
  aDiskEncryptionSet,
  aFlexibleServer,
  anObservation,
  aVault,
  aVersion,
  inaccessible,
  NOW,
  withAccess,
} from '../../builders/observation.ts';
import { policyIn, REMEDIATION, someRecords } from '../../builders/policy.ts';
import { runs } from '../../run/exhaustive.ts';

const BOLD = policyIn('auto', { autoReverse: 'all' });
const US = 'aaaaaaaa-0000-4000-8000-00000000000a';
const GRANTS = ['grantKeyAccess', 'grantReader'];

const asProduct = (consumer: ConsumerFacts): ConsumerFacts => ({
  ...consumer,
  principalId: present(US),
  actsAsProduct: true,
});

const acting = (observation: KeyObservation): KeyObservation => {
  const { consumers } = observation;
  return consumers.kind === 'present'
    ? { ...observation, consumers: present(consumers.value.map(asProduct)) }
    : observation;
};

const grantsIn = ({ plan }: Decision): readonly string[] =>
  plan.steps.flatMap(({ kind }) => (GRANTS.includes(kind) ? [kind] : []));

describe('a consumer that uses the identity of the product', () => {
  it('is let in by no plan, in any situation, whatever the settings name', () =>
    fc.assert(
      fc.property(arbitrarySituation, ({ observation, known }) => {
        const seen = acting(observation);
        const records = present(someRecords({ attempts: known.attempts ?? [] }));
        const decision = assess(seen, records, { remediation: REMEDIATION, policy: BOLD }, NOW, known);
        expect(grantsIn(decision)).toEqual([]);
        // No command for people names the principal of the product either.
        expect(JSON.stringify([decision.plan, decision.notes])).not.toMatch(
          new RegExp(`role assignment create[^\`]*${US}|set-policy[^\`]*${US}`),
        );
      }),
      { numRuns: runs(600) },
    ));

  it.each(['accessPolicies', 'rbac'] as const)(
    'is reported with what to do instead, also where it had access once: %s',
    (permissionModel) => {
      const server = aFlexibleServer('billing', {
        state: inaccessible,
        identity: { kind: 'user', id: '/ids/product' },
      });
      const set = aDiskEncryptionSet('disks', { identity: { kind: 'system' } });
      const known = { baseline: aBaseline([server, set].map((one) => wasWell(asProduct(one), { reader: true }))) };
      const observation = anObservation([aVersion()], [server, set].map(asProduct), {
        vault: present(aVault({ permissionModel })),
        ...withAccess({ [US]: { permissions: [], reader: false } }),
        otherKeys: present(false),
      });
      const { plan } = assessed(observation, { known, policy: BOLD });
      expect(plan.steps.map(({ kind }) => kind).filter((kind) => GRANTS.includes(kind))).toEqual([]);
      expect(plan.instructions.join('\n')).toMatch(
        /billing.* uses the identity of the product itself.*give it one of its own/,
      );
    },
  );
});
