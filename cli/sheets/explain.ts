import type { GetReconciliation200, GetSummary200 } from '../../client/api.ts';
import { type Block, command, facts, heading, type Sheet, text } from '../sheet/sheet.ts';
import { faultIn, stepNameIn } from '../words/as-page.ts';
import { impactIn, isAffected, markOf } from '../words/impact.ts';
import { kindOf, numberOf } from '../words/names.ts';
import { nextIn } from '../words/next.ts';
import { plain } from '../words/plain.ts';
import { exact, told } from '../words/times.ts';
import { type Line, linesRecords, whoOf } from './lines.ts';

/** What the product does next. What a person has to do is told further down, once. */
const nextOf = (line: Line, instructions: readonly string[]): string => {
  const { kind, sentence } = line.nextAction;
  if (kind === 'asks') return `It ${nextIn(line)}.`;
  if (instructions.length > 0 && kind === 'cannotSee')
    return 'What a person has to do is below; every sweep tries again.';
  if (instructions.length > 0 && kind === 'person') return 'It waits for a person. What a person has to do is below.';
  return plain(sentence);
};

const lineBlocks = (line: Line, { now, decision }: GetReconciliation200): readonly Block[] => [
  heading(
    `${markOf(line)} ${whoOf(line)}${line.consumer ? ` (${kindOf(line.consumer.kind)})` : ''}: ${impactIn(line, now)}`,
  ),
  text(plain(line.sentence)),
  text(nextOf(line, decision?.plan.instructions ?? [])),
];

const findingBlocks = ({ decision }: GetReconciliation200): readonly Block[] => {
  const { findings = [] } = decision ?? {};
  if (findings.length === 0) return [];
  return [
    heading('What was found, each with its run-book'),
    facts(findings.map(({ kind, sentence, runbook }) => [faultIn(kind), `${plain(sentence)} ${runbook}`])),
  ];
};

const stepBlocks = ({ decision }: GetReconciliation200): readonly Block[] => {
  const { verdicts = [], plan } = decision ?? {};
  const words = { run: 'does', ask: 'asks', report: 'does not' } as const;
  return [
    ...(verdicts.length > 0
      ? [
          heading('The plan'),
          facts(
            verdicts.map(({ verdict, step, why = '' }) => [words[verdict], plain(`${step.sentence} ${why}`.trim())]),
          ),
        ]
      : []),
    ...(plan && plan.instructions.length > 0
      ? [heading('What a person has to do'), ...plan.instructions.map((one) => text(one))]
      : []),
  ];
};

/** Whether the world has changed since the plan was asked: an approval of such a plan is refused. */
const isOutdated = ({ decision, lines }: GetReconciliation200, planId: string): boolean =>
  decision?.kind === 'ask' && lines.some(({ plan }) => plan) && lines.every(({ plan }) => plan?.id !== planId);

/** Whether a person has forbidden or paused all steps since the product asked: then nobody has to answer. */
const isHeld = ({ decision }: GetReconciliation200): boolean => {
  const verdicts = decision?.verdicts ?? [];
  return verdicts.length > 0 && verdicts.every(({ verdict }) => verdict === 'report');
};

/** Whether the plan is approved already: without this check a reader would approve it once more. */
const isApproved = ({ approvals, now }: GetReconciliation200, planId: string): boolean =>
  approvals.some((one) => one.planId === planId && Date.parse(one.expires) > Date.parse(now));

const planBlocks = (one: GetReconciliation200): readonly Block[] =>
  one.asked.flatMap(({ planId, at }) => {
    const plan = `Plan ${numberOf(planId)}, ${told(at, one.now)}`;
    if (isApproved(one, planId)) return [text(`${plan}: no more, since it is approved.`)];
    if (isHeld(one)) return [text(`${plan}: no more, since it is held back.`)];
    if (isOutdated(one, planId)) return [text(`${plan}: no more, since the world has changed.`)];
    return [text(`${plan}.`), command(`cmk-guardian plan ${numberOf(planId)}`)];
  });

const saidBlocks = ({ approvals, rejections, requests }: GetReconciliation200): readonly Block[] => [
  ...(approvals.length + rejections.length + requests.length > 0
    ? [
        heading('What people have said'),
        facts([
          ...requests.map(({ at, by, step }) => [exact(at), `${by} has asked for this: ${stepNameIn(step)}.`] as const),
          ...approvals.map(
            ({ at, by, name = by, planId, expires }) =>
              [exact(at), `${name} has approved plan ${numberOf(planId)}, until ${exact(expires)}.`] as const,
          ),
          ...rejections.map(
            ({ at, name, planId, why }) =>
              [exact(at), `${name} has rejected plan ${numberOf(planId)}: ${why}`] as const,
          ),
        ]),
      ]
    : []),
];

const askedBlocks = (one: GetReconciliation200): readonly Block[] => [
  ...(one.asked.length > 0 ? [heading('What is asked'), ...planBlocks(one)] : []),
  ...saidBlocks(one),
];

/** The notes that are not told already as what a person has to do. */
const noteBlocks = ({ notes = [], decision }: GetReconciliation200): readonly Block[] => {
  const toDo = new Set(decision?.plan.instructions);
  const others = notes.filter((note) => !toDo.has(note));
  return others.length > 0 ? [heading('Notes'), ...others.map((note) => text(note))] : [];
};

type Sweep = Pick<GetSummary200['sweep'], 'ended'>;

/** A look that finds no change leaves no row, so the end of the last sweep is the latest known look. */
const sweptIn = ({ ended }: Sweep, now: string): string =>
  ended === undefined
    ? 'none has ended yet'
    : `ended ${told(ended.at, now)}. It looks at every key in use that Azure shows; only what differs is recorded.`;

/** All facts of one key and its consumers. `sweep`: the last sweep, of all keys. */
export const explainSheet = (one: GetReconciliation200, sweep: Sweep): Sheet => {
  const { lines, key, incident, now, since, runtimeStatus } = one;
  return {
    isWell: !lines.some(isAffected),
    answer: one,
    blocks: [
      facts([
        ['key', key],
        ['so since', since && told(since, now)],
        ['last sweep', sweptIn(sweep, now)],
        ['at work', runtimeStatus === 'Running' ? 'yes, right now' : undefined],
        ['incident', incident],
      ]),
      ...lines.flatMap((line) => lineBlocks(line, one)),
      ...findingBlocks(one),
      ...stepBlocks(one),
      ...askedBlocks(one),
      ...noteBlocks(one),
      ...(incident ? [heading('Its story'), command(`cmk-guardian incident ${incident}`)] : []),
    ],
    records: linesRecords(lines),
  };
};
