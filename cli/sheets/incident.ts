import type { GetIncident200 } from '../../client/api.ts';
import { type Block, command, facts, heading, type Sheet, table, tableOf, text } from '../sheet/sheet.ts';
import { stepIn } from '../words/as-page.ts';
import { counted } from '../words/counted.ts';
import { type Moment, momentIn } from '../words/moments.ts';
import { nameAt, spoken } from '../words/names.ts';
import { plain } from '../words/plain.ts';
import { exact, lasting, told } from '../words/times.ts';

type Incident = GetIncident200;

const inSeconds = (count: number | undefined): string | undefined =>
  count === undefined ? undefined : lasting(count * 1000);

const headBlocks = ({ id, key, openedAt, closedAt, now, lostAt, seconds }: Incident): Block =>
  facts([
    ['incident', id],
    ['key', key],
    ['lost', lostAt && exact(lostAt)],
    ['opened', told(openedAt, now)],
    ['closed', closedAt ? told(closedAt, now) : 'not yet'],
    ['detected after', inSeconds(seconds.toDetect)],
    ['decided after', inSeconds(seconds.toDecide)],
    ['healed after', inSeconds(seconds.toHeal)],
  ]);

const minutes = (count: number): string => lasting(count * 60_000);

const downBlocks = ({ consumers }: Incident): readonly Block[] =>
  consumers.length === 0
    ? []
    : [
        heading('Who was down'),
        ...consumers.map(({ consumerId, minutesDown, atMostMinutes, isDownNow }) => {
          const most = atMostMinutes > minutesDown ? `, at most ${minutes(atMostMinutes)}` : '';
          return text(
            `${nameAt(consumerId)}: ${minutesDown === 0 && !isDownNow && atMostMinutes === 0 ? 'never' : `${minutes(minutesDown)}${most}`}${isDownNow ? ', and is down now' : ''}.`,
          );
        }),
      ];

const causeBlocks = ({ cause, who }: Incident): readonly Block[] => [
  heading('Why'),
  ...cause.roots.map(({ sentence, runbook }) => text(`${plain(sentence)}${runbook ? ` ${runbook}` : ''}`)),
  ...who.acts.map(({ at, by, operation, on }) => text(`${by}: ${operation} on ${nameAt(on)}, ${at}.`)),
  ...who.says.map((one) => text(`Who did it: ${one}`)),
];

const peopleBlocks = ({ people }: Incident): readonly Block[] =>
  people.length === 0
    ? []
    : [
        heading('What people have said'),
        facts(
          people.map(({ at, what, by, name, ticket, comment, why }) => [
            exact(at),
            [`${spoken(what)} by ${name ? `${name} (${by})` : by}`, ticket, comment, why].filter(Boolean).join(', '),
          ]),
        ),
      ];

const timelineTable = ({ timeline }: Incident) =>
  tableOf<Moment>(
    {
      at: ({ at }) => exact(at).slice(11, 19),
      after: ({ seconds }) => lasting(seconds * 1000),
      what: momentIn,
      row: ({ seq }) => seq,
    },
    timeline,
  );

const sentenceOf = (step: string, target: string): string => {
  const words = stepIn(step, target);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
};

const writeBlocks = ({ writes }: Incident): readonly Block[] =>
  writes.length === 0
    ? [heading('What was written'), text('Nothing.')]
    : [
        heading('What was written'),
        ...writes.flatMap(({ step, target, begunAt, seconds, outcome, why, undo, correlationIds }) => [
          text(
            `${sentenceOf(step, target)} (${target}), ${exact(begunAt)}${seconds === undefined ? '' : `, ${lasting(seconds * 1000)}`}: ${outcome ?? 'not ended'}.${why ? ` ${why}` : ''}`,
          ),
          ...(undo ? [text(`Undo: ${undo}`)] : []),
          ...(correlationIds.length > 0 ? [text(`Azure knows it as ${correlationIds.join(', ')}.`)] : []),
        ]),
      ];

/** An open incident does not name the event for which it waits: the sheet of its key does. */
const goingOn = ({ isOpen, key }: Incident): readonly Block[] =>
  isOpen ? [heading('What it waits for, and what is asked now'), command(`cmk-guardian explain ${key}`)] : [];

const proven = ({ closedAt, ledger: { verified, anchored } }: Incident): string => {
  const held = `${verified.by} held it against ${counted(verified.anchors, 'anchor')} at ${exact(verified.at)}.`;
  const last = closedAt === undefined ? 'What was entered last' : 'Its end';
  return anchored === undefined
    ? `${held} ${last} has no anchor yet.`
    : `${held} ${last} is proven by the anchor of row ${anchored.seq} since ${exact(anchored.at)}.`;
};

const proof = ({ ledger: { verification, rows } }: Incident): string =>
  verification.kind === 'intact'
    ? `${counted(rows.length, 'row')} of the ledger tell of it; its chain is intact up to row ${verification.head.seq}, ${verification.head.hash}.`
    : `Its chain in the ledger is broken at row ${verification.seq}: ${verification.fault}`;

/** One incident in full. */
export const incidentSheet = (incident: Incident): Sheet => {
  const timeline = timelineTable(incident);
  return {
    isWell: !incident.isOpen && incident.ledger.verification.kind === 'intact',
    answer: incident,
    blocks: [
      headBlocks(incident),
      ...goingOn(incident),
      ...downBlocks(incident),
      ...causeBlocks(incident),
      ...peopleBlocks(incident),
      heading('What happened (UTC)'),
      table(timeline.columns, timeline.rows),
      ...writeBlocks(incident),
      heading('What proves it'),
      text(proof(incident)),
      text(proven(incident)),
    ],
    records: timeline,
  };
};
