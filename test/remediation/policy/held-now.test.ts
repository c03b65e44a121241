import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { present } from '../../../src/remediation/model/facts.ts';
import type { PolicyRecords } from '../../../src/remediation/model/records.ts';
import { heldNow, whyHeld } from '../../../src/remediation/policy/held-now.ts';
import { decisionOn, down, expired, lost } from '../../builders/decision.ts';
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
} from '../../builders/observation.ts';
import { policyIn, someRecords } from '../../builders/policy.ts';

const second = aSingleServer('second', { state: inaccessible });
const closed = present(aVault({ network: { ...aVault().network, bypass: 'None' } }));
const SCENES = [
  lost,
  anObservation([expired], [down, second]),
  anObservation([aVersion(V1, { enabled: false })], [down, second]),
  anObservation([expired], [down], { vault: closed }),
];
const TARGETS = [
  down.id,
  second.id,
  GROUP,
  aVault().id,
  `https://${KEY.host}/keys/${KEY.name}`,
  kidOf(V1),
  `${GROUP}x`,
];
const said = { by: 'ada', why: 'legal hold' };
const asking = policyIn('approve');

/** Only the policy's own facts and what people say: the same records are read at the next look. */
const overrides = fc.record({
  doNotHeal: fc.array(
    fc.record({ target: fc.constantFrom(...TARGETS), days: fc.constantFrom(-1, 1) }).map(({ target, days }) => ({
      ...said,
      target,
      until: inDays(days),
    })),
    { maxLength: 3 },
  ),
  pausedScopes: fc.array(
    fc.constantFrom(...TARGETS).map((scope) => ({ ...said, scope })),
    { maxLength: 1 },
  ),
});

describe('What is asked', () => {
  it('is at once what the next look will ask, whatever people pause or forbid meanwhile', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SCENES), overrides, (scene, forbidding) => {
        const records = someRecords(forbidding as Partial<PolicyRecords>);
        const next = decisionOn(scene, asking, present(records));
        const now = heldNow(decisionOn(scene, asking), records, NOW);
        expect(now).toEqual(next);
      }),
    );
  });

  it('stays as it was decided where nobody has said anything, and what is at work is left to its next look', () => {
    const asked = decisionOn(lost, asking);
    expect(heldNow(asked, someRecords(), NOW)).toBe(asked);
    const running = decisionOn(lost, policyIn('auto'));
    expect(heldNow(running, someRecords({ paused: said }), NOW)).toBe(running);
  });

  it('is held back for the reason that holds the first of it, each once, with the name that lifts it', () => {
    const { verdicts, plan } = heldNow(
      decisionOn(lost, asking),
      someRecords({ doNotHeal: [{ ...said, target: down.id }] }),
      NOW,
    );
    const ids = plan.steps.map(({ stepId }) => stepId);
    expect(whyHeld({ verdicts }, ids)).toEqual([
      expect.stringContaining(`DELETE /api/do-not-heal?target=${down.id}&why=`),
    ]);
    expect(whyHeld({ verdicts }, [])).toEqual([]);
    expect(whyHeld(decisionOn(lost, asking), ids)).toEqual([]);
  });
});
