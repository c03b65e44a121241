import type { StartReconciliation200 } from '../../client/api.ts';
import { type Block, command, facts, heading, type Sheet, tableOf, text } from '../sheet/sheet.ts';
import { stepIn } from '../words/as-page.ts';
import { nameAt } from '../words/names.ts';
import { plain } from '../words/plain.ts';

type Dry = StartReconciliation200;
type Step = Dry['steps'][number];

const WORDS = { run: 'would be made', ask: 'would be asked', report: 'would not be made' } as const;

const rightOf = ({ may }: Step): string => (may === null ? 'nobody can tell' : may ? 'yes' : 'no');

const stepBlocks = (step: Step, at: number): readonly Block[] => [
  heading(`${at + 1}. ${plain(step.sentence)}`),
  facts([
    ['verdict', `${WORDS[step.verdict]}${step.why ? `: ${step.why}` : ''}`],
    ['undo', step.undo],
    ['allowed', rightOf(step)],
    ['also uses', [...step.alsoUses.keys, ...step.alsoUses.consumers].map(nameAt).join(', ')],
  ]),
  ...step.obstacles.flatMap(({ why, commands }) => [text(why), ...commands.map(command)]),
];

/** The steps that a start would do. The dry run does none of them. */
export const dryRunSheet = (dry: Dry): Sheet => ({
  isWell: !dry.refusal && dry.steps.every(({ may }) => may !== false),
  answer: dry,
  blocks: [
    text(
      dry.steps.length === 0
        ? `Nothing would be written to ${nameAt(dry.key)}.`
        : `In mode ${dry.mode} this would be done about ${nameAt(dry.key)}. Nothing is done now.`,
    ),
    ...(dry.refusal ? [text(`It would be refused: ${dry.refusal.detail}`)] : []),
    ...dry.findings.map(({ sentence }) => text(sentence)),
    ...dry.steps.flatMap(stepBlocks),
    ...dry.notes.map((note) => text(note)),
  ],
  records: tableOf<Step>(
    {
      step: ({ kind, target }) => stepIn(kind, target),
      target: ({ target }) => target,
      verdict: ({ verdict }) => verdict,
      why: ({ why }) => why,
      risk: ({ risk }) => risk,
      may: rightOf,
      undo: ({ undo }) => undo,
      sentence: ({ sentence }) => sentence,
    },
    dry.steps,
  ),
});
