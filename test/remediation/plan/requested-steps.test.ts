import { describe, expect, it } from 'vitest';
import { assess } from '../../../src/remediation/assess.ts';
import { type KeyObservation, present } from '../../../src/remediation/model/facts.ts';
import type { PolicyRecords } from '../../../src/remediation/model/records.ts';
import type { PolicySettings } from '../../../src/remediation/policy/policy-types.ts';
import { STEP_KINDS, STEPS } from '../../../src/remediation/steps/steps.ts';
import {
  aFlexibleServer,
  anObservation,
  aSingleServer,
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
import { policyIn, REMEDIATION, someRecords } from '../../builders/policy.ts';

const IDENTITY = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/own`.toLowerCase();
const NEW_KID = 'https://contoso.vault.azure.net/keys/own/33333333333333333333333333333333';

const copy = aFlexibleServer('copy', { state: inaccessible });
const target = copy.id.toLowerCase();

type Requests = PolicyRecords['requests'];
const repoint = (newKid: string, changes: Partial<Requests[number]> = {}): Requests[number] => ({
  step: 'repointConsumer',
  target,
  by: 'someone',
  at: NOW.toISOString(),
  parameters: { newKid },
  ...changes,
});
const assign = (identity: string, of = target): Requests[number] => ({
  ...repoint('', { step: 'assignIdentity', target: of }),
  parameters: { identity },
});

const verdictsOn = (
  requests: Requests,
  observation: KeyObservation = anObservation([aVersion()], [copy]),
  autoReverse: PolicySettings['autoReverse'] = [],
) =>
  assess(
    observation,
    present(someRecords({ requests })),
    { remediation: REMEDIATION, policy: { ...policyIn('auto'), autoReverse } },
    NOW,
  ).verdicts;

const other = aFlexibleServer('other');
/** A request for a step that the product itself would offer. */
const aRequest = (of: string): Requests[number] => ({
  step: 'repointConsumer',
  target: of,
  by: 'someone',
  at: NOW.toISOString(),
});

const named = (step: string) => [{ step, scope: '*' }];

describe('a person who chooses', () => {
  it('another key is asked whether that may be, and the old key is not tried meanwhile', () => {
    expect(verdictsOn([repoint(NEW_KID)])).toMatchObject([
      {
        verdict: 'ask',
        step: { kind: 'repointConsumer', target, risk: 'reversal', parameters: { kid: kidOf(V1), newKid: NEW_KID } },
      },
    ]);
  });

  it.each<[string, PolicySettings['autoReverse']]>([
    ['everything', 'all'],
    ['either step', [...named('repointConsumer'), ...named('assignIdentity')]],
  ])('is asked whatever autoReverse names, be it %s', (_what, autoReverse) => {
    const well = anObservation([aVersion()], [aFlexibleServer('copy')]);
    for (const wish of [repoint(NEW_KID), assign(IDENTITY)])
      expect(verdictsOn([wish], well, autoReverse)).toMatchObject([
        { verdict: 'ask', why: expect.stringContaining('A person chose it') },
      ]);
  });

  it.each(STEP_KINDS.filter((kind) => STEPS[kind].choice !== 'nothing'))(
    'of a step that takes a choice is asked: %s',
    (step) => {
      expect(['repointConsumer', 'assignIdentity']).toContain(step);
    },
  );

  it('another identity is asked as well, on a server that is well too', () => {
    const well = anObservation([aVersion()], [aFlexibleServer('copy')]);
    expect(verdictsOn([assign(IDENTITY)], well)).toMatchObject([
      { verdict: 'ask', step: { kind: 'assignIdentity', parameters: { identity: { kind: 'user', id: IDENTITY } } } },
    ]);
  });

  it('twice is taken at the last word', () => {
    const later = new Date(NOW.getTime() + 1).toISOString();
    const both = [repoint(kidOf(V2), { by: 'another', at: later }), repoint(NEW_KID)];
    expect(verdictsOn(both).map(({ step }) => step.parameters)).toMatchObject([{ newKid: kidOf(V2) }]);
  });

  it.each([
    ['one server', aRequest(target), [target]],
    ['the key', aRequest(`https://${KEY.host}/keys/${KEY.name}`), [target, other.id.toLowerCase()]],
    ['a key of their choice', repoint(NEW_KID), [target]],
  ])('of %s means nobody else who pins an old version', (_what, request, targets) => {
    const old = anObservation([aVersion()], [aFlexibleServer('copy'), other], {
      current: present(aVersion(V2, { createdOn: inDays(-1) })),
    });
    const found = verdictsOn([request], old).map(({ step }) => step.target);
    expect(found.toSorted()).toEqual(targets.toSorted());
  });

  it.each([
    ['the key that it has', [repoint(kidOf(V1).toUpperCase())], aFlexibleServer('copy')],
    [
      'the identity that it has',
      [assign(IDENTITY)],
      aFlexibleServer('copy', { identity: { kind: 'user', id: IDENTITY } }),
    ],
    ['an identity for a single server', [assign(IDENTITY, aSingleServer().id.toLowerCase())], aSingleServer()],
    ['a key for a server that does not use this one', [repoint(NEW_KID)], aFlexibleServer('another')],
  ])('%s changes nothing', (_what, requests, consumer) => {
    expect(verdictsOn(requests, anObservation([aVersion()], [consumer]))).toEqual([]);
  });
});
