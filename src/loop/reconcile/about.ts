import type { About, HarmedOne } from '../../notifications/notice.ts';
import { runbookOf } from '../../posture/runbooks.ts';
import { worstHarms } from '../../remediation/diagnosis/worst-harms.ts';
import type { Harm } from '../../remediation/model/findings.ts';
import { profileOf } from '../../remediation/model/profiles.ts';
import { nameOf } from '../../remediation/model/resource-id.ts';
import { kindOf, type StepSpec } from '../../remediation/steps/steps.ts';
import type { RecordInput } from '../messages.ts';
import { harmSentence } from './harm-told.ts';

/** Whoever may hang consumers on a key makes no message longer than this. */
const MOST = 10;
/** By these a target is found that is for one scope; a message names fewer. */
const TOUCHED = 100;

const harmedOne = (one: Harm, input: RecordInput): HarmedOne => ({
  id: one.consumerId,
  name: nameOf(one.consumerId),
  noun: profileOf(one.consumerKind).noun,
  harm: one.level === 'active' ? 'down' : 'threatened',
  ...(one.deadline !== undefined && { deadline: one.deadline }),
  sentence: harmSentence(one, input),
});

/** A step of another version of the product may be of a kind that this one does not know. */
const byHandOf = (step: StepSpec): readonly string[] => kindOf(step)?.byHand(step) ?? [];

type Words = Pick<About, 'what' | 'does'>;

/** The parts of what is told: whom it harms, what is done by whom, and what a person runs where the product is down. */
export const aboutOf = (input: RecordInput, { what, does }: Words, known: readonly string[]): About => {
  const { decision, owners = {} } = input.assessment;
  const harms = worstHarms(decision.findings);
  return {
    what,
    harmed: harms.slice(0, MOST).map((one) => harmedOne(one, input)),
    alsoHarmed: Math.max(0, harms.length - MOST),
    does,
    commands: [...new Set(decision.verdicts.flatMap(({ step }) => byHandOf(step)))],
    runbooks: [...new Set(decision.findings.map(({ kind }) => runbookOf(kind)))],
    owners: [...new Set(Object.values(owners))],
    touches: [...new Set([...harms.map(({ consumerId }) => consumerId), ...known])].slice(0, TOUCHED),
  };
};
