import type { About, AffectedOne } from '../../notifications/notice.ts';
import { runbookOf } from '../../posture/runbooks.ts';
import { worstImpacts } from '../../remediation/diagnosis/worst-impacts.ts';
import type { Impact } from '../../remediation/model/findings.ts';
import { profileOf } from '../../remediation/model/profiles.ts';
import { nameOf } from '../../remediation/model/resource-id.ts';
import { kindOf, type StepSpec } from '../../remediation/steps/steps.ts';
import type { RecordInput } from '../messages.ts';
import { impactSentence } from './impact-told.ts';

/** The most consumers in a message: a person who can attach consumers to a key must not make a message longer than this. */
const MOST = 10;
/** The most consumers by which a message finds the targets of its scope. The text names fewer. */
const TOUCHED = 100;

const affectedOne = (one: Impact, input: RecordInput): AffectedOne => ({
  id: one.consumerId,
  name: nameOf(one.consumerId),
  noun: profileOf(one.consumerKind).noun,
  harm: one.level === 'active' ? 'down' : 'threatened',
  ...(one.deadline !== undefined && { deadline: one.deadline }),
  sentence: impactSentence(one, input),
});

/** Another version of the product may have made the step, with a kind that this version does not know. */
const manualCommandsOf = (step: StepSpec): readonly string[] => kindOf(step)?.manualCommands(step) ?? [];

type Words = Pick<About, 'what' | 'does'>;

/**
 * The parts of a message: the affected consumers, the steps and who runs them, and the commands by which a
 * person does the steps where the product is down.
 */
export const aboutOf = (input: RecordInput, { what, does }: Words, known: readonly string[]): About => {
  const { decision, owners = {} } = input.assessment;
  const impacts = worstImpacts(decision.findings);
  return {
    what,
    harmed: impacts.slice(0, MOST).map((one) => affectedOne(one, input)),
    alsoHarmed: Math.max(0, impacts.length - MOST),
    does,
    commands: [...new Set(decision.verdicts.flatMap(({ step }) => manualCommandsOf(step)))],
    runbooks: [...new Set(decision.findings.map(({ kind }) => runbookOf(kind)))],
    owners: [...new Set(Object.values(owners))],
    touches: [...new Set([...impacts.map(({ consumerId }) => consumerId), ...known])].slice(0, TOUCHED),
  };
};
