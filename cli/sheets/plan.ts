import type { GetPlan200 } from '../../client/api.ts';
import { type Block, command, facts, heading, type Sheet, tableOf, text } from '../sheet/sheet.ts';
import { stepIn } from '../words/as-page.ts';
import { nameAt } from '../words/names.ts';
import { plain } from '../words/plain.ts';
import { exact } from '../words/times.ts';

type Step = GetPlan200['steps'][number];

const RISKS: Readonly<Record<string, string>> = {
  restore: 'restores what was there',
  reversal: 'undoes what somebody did, perhaps on purpose',
  irreversible: 'cannot be undone',
};

const stepBlocks = (step: Step, at: number): readonly Block[] => [
  heading(`${at + 1}. ${plain(step.sentence)}`),
  facts([
    ['risk', RISKS[step.risk] ?? step.risk],
    ['undo', step.undo],
    ['touches', step.touches.join('\n')],
    ['serves', step.serves.map(nameAt).join(', ')],
    ['needs', step.actions.join(', ')],
  ]),
];

const wordBlocks = ({ approvals, rejections }: GetPlan200): readonly Block[] =>
  approvals.length + rejections.length === 0
    ? []
    : [
        heading('What people have said'),
        facts([
          ...approvals.map(
            ({ at, by, name = by, expires }) =>
              [exact(at), `${name} has approved it, until ${exact(expires)}.`] as const,
          ),
          ...rejections.map(({ at, name, why }) => [exact(at), `${name} has rejected it: ${why}`] as const),
        ]),
      ];

/** The obstacles of the plan, which an approval does not remove: a person learns of them before the approval. */
const heldBlocks = ({ held = [] }: GetPlan200): readonly Block[] =>
  held.length === 0
    ? []
    : [heading('It is held back now, and not all of it is done after a yes'), ...held.map((why) => text(plain(why)))];

/** The writes of a plan: each with its target, its risk, and its undo. */
export const planBlocks = (plan: GetPlan200): readonly Block[] => [
  text(
    `Plan ${plan.number} for ${plan.key}, asked ${exact(plan.at)}, would make ${plan.steps.length === 1 ? 'this write' : 'these writes'}:`,
  ),
  ...plan.steps.flatMap(stepBlocks),
  ...heldBlocks(plan),
  ...wordBlocks(plan),
];

const planRecords = (plans: readonly GetPlan200[]) =>
  tableOf<{ readonly plan: GetPlan200; readonly step: Step }>(
    {
      plan: ({ plan }) => plan.planId,
      key: ({ plan }) => plan.key,
      step: ({ step }) => stepIn(step.kind, step.target),
      target: ({ step }) => step.target,
      risk: ({ step }) => step.risk,
      sentence: ({ step }) => step.sentence,
      undo: ({ step }) => step.undo,
    },
    plans.flatMap((plan) => plan.steps.map((step) => ({ plan, step }))),
  );

/** The steps have numbers too: the commands show which number an answer takes. */
const answerable = (plan: GetPlan200): readonly Block[] => [
  ...planBlocks(plan),
  heading('To answer it'),
  command(`cmk-guardian approve ${plan.number}`),
  command(`cmk-guardian reject ${plan.number} --why '<why>'`),
];

/** One plan, or all plans that wait for an answer. */
export const plansSheet = (plans: readonly GetPlan200[]): Sheet => ({
  isWell: true,
  answer: plans,
  blocks:
    plans.length === 0
      ? [text('Nothing is asked.')]
      : plans.flatMap((plan, at) => (at > 0 ? [text(''), ...answerable(plan)] : answerable(plan))),
  records: planRecords(plans),
});
