import fc from 'fast-check';
import { diagnose } from '../../src/remediation/diagnosis/diagnose.ts';
import type { Baseline } from '../../src/remediation/model/baseline.ts';
import type { KeyObservation } from '../../src/remediation/model/facts.ts';
import type { Known } from '../../src/remediation/model/known.ts';
import type { Attempt } from '../../src/remediation/model/records.ts';
import { plan } from '../../src/remediation/plan/plan.ts';
import { STEP_KINDS } from '../../src/remediation/steps/steps.ts';
import { arbitraryObservation } from './arbitrary-observation.ts';
import { aBaseline, wasWell } from './baseline.ts';
import { aVault, inDays, NOW } from './observation.ts';
import { REMEDIATION } from './policy.ts';

/** An observation of a key, and further known facts about it. */
export type Given = { readonly observation: KeyObservation; readonly known: Known };

const baselineFor = ({ consumers }: KeyObservation): fc.Arbitrary<Baseline | undefined> => {
  const seen = consumers.kind === 'present' ? consumers.value : [];
  return fc
    .record({
      some: fc.subarray([...seen]),
      renewed: fc.boolean(),
      reader: fc.boolean(),
      rbac: fc.boolean(),
      is: fc.constantFrom(true, true, true, false),
    })
    .map(({ some, renewed, reader, rbac, is }) =>
      is
        ? aBaseline(
            some.map((one) =>
              wasWell(one, { reader, machines: ['/vm/a'], ...(renewed && { principalId: `${one.name}-before` }) }),
            ),
            rbac ? { permissionModel: 'rbac' } : {},
          )
        : undefined,
    );
};

const minutesAgo = (minutes: number): string => new Date(NOW.getTime() - minutes * 60_000).toISOString();

/** The outcomes of steps that were planned for this situation, and of some others on its vault. */
const attemptsFor = (observation: KeyObservation, known: Known): fc.Arbitrary<readonly Attempt[]> => {
  const planned = plan(diagnose(observation, NOW, REMEDIATION, known), observation, REMEDIATION, { known }).steps;
  const others = STEP_KINDS.map((kind) => ({ kind, target: aVault().id.toLowerCase(), stepId: kind }));
  return fc.array(
    fc
      .record({
        step: fc.constantFrom(...planned, ...others),
        outcome: fc.constantFrom('done', 'done', 'blocked', 'failed', 'unknown'),
        minutes: fc.integer({ min: 0, max: 60 }),
      })
      .map(
        ({ step, outcome, minutes }): Attempt => ({
          stepId: step.stepId,
          step: step.kind,
          target: step.target,
          outcome,
          why: 'Azure said so',
          at: minutesAgo(minutes),
        }),
      ),
    { maxLength: 4 },
  );
};

/** Any key, after any healthy state, in an incident or not, after any attempts in it. */
export const arbitrarySituation: fc.Arbitrary<Given> = arbitraryObservation
  .chain((observation) => baselineFor(observation).map((baseline) => ({ observation, baseline })))
  .chain(({ observation, baseline }) => {
    const before: Known = baseline === undefined ? {} : { baseline };
    const inIncident = attemptsFor(observation, before).map(
      (attempts): Known => ({ ...before, attempts, incidentOpenedAt: inDays(-0.1) }),
    );
    return fc.oneof(fc.constant(before), inIncident).map((known) => ({ observation, known }));
  });
