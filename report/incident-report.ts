import type { GetIncident200 } from '../client/api.ts';
import { document, facts, lines, named, type Origin, originFacts, section, table, utc } from './document.ts';
import { type Html, html } from './html.ts';
import { momentWords, stepDone } from './moment-words.ts';
import { proof } from './proof.ts';

type Input = { readonly incident: GetIncident200; readonly origin: Origin };

const some = (title: string, all: readonly unknown[], body: () => Html): readonly Html[] =>
  all.length === 0 ? [] : [section(title, body())];

const duration = (seconds: number): string => {
  const [minutes, rest] = [Math.floor(seconds / 60), Math.round(seconds % 60)];
  return minutes === 0 ? `${rest} s` : `${minutes} min ${String(rest).padStart(2, '0')} s`;
};

const nameOf = (id: string): string => id.split('/').at(-1) ?? id;

const numbers = ({ seconds, consumers }: GetIncident200): Html => {
  const down = Math.max(0, ...consumers.map(({ minutesDown }) => minutesDown));
  const told = [
    ['longest outage', consumers.length === 0 ? 'nobody down' : duration(down * 60)],
    ['to detect', seconds.toDetect === undefined ? 'not known' : duration(seconds.toDetect)],
    ['to decide', seconds.toDecide === undefined ? 'not known' : duration(seconds.toDecide)],
    ['to heal', seconds.toHeal === undefined ? 'not over' : duration(seconds.toHeal)],
  ] as const;
  return html`<ul class="counts">${told.map(([name, value]) => html`<li><b>${value}</b>${name}</li>`)}</ul>`;
};

const affected = ({ consumers }: GetIncident200): readonly Html[] =>
  some('Who was down', consumers, () =>
    table(
      'Minutes as far as they were seen',
      [{ name: 'Resource' }, { name: 'Minutes', is: 'n' }, { name: 'At most', is: 'n' }, { name: 'Now' }],
      consumers.map(({ consumerId, minutesDown, atMostMinutes, isDownNow }) => [
        named(consumerId),
        minutesDown,
        atMostMinutes,
        isDownNow ? html`<span class="mark bad">✗ down</span>` : html`<span class="mark good">✓ serves</span>`,
      ]),
    ),
  );

const why = ({ cause, who }: GetIncident200): readonly Html[] => [
  ...some('Why', [...cause.roots, ...cause.faults], () =>
    lines((cause.roots.length > 0 ? cause.roots : cause.faults).map(({ sentence }) => sentence)),
  ),
  ...some(
    'Who did it',
    [...who.acts, ...who.says],
    () =>
      html`${lines(who.says)}${
        who.acts.length === 0
          ? undefined
          : table(
              `As the logs of Azure said on ${utc(who.askedAt)}`,
              [{ name: 'When', is: 'id' }, { name: 'What' }, { name: 'By' }, { name: 'On' }],
              who.acts.map(({ at, operation, by, on }) => [utc(at), operation, by, on]),
            )
      }`,
  ),
];

const timeline = ({ timeline: moments }: GetIncident200): readonly Html[] =>
  some('What happened', moments, () =>
    table(
      'Seconds since the loss; row: of the ledger',
      [{ name: 'When', is: 'id' }, { name: 'Seconds', is: 'n' }, { name: 'What' }, { name: 'Row', is: 'n' }],
      moments.map((moment) => [
        utc(moment.at),
        Math.round(moment.seconds),
        html`<b>${momentWords(moment)}</b> ${moment.says}${moment.by === undefined ? '' : ` (${moment.by})`}`,
        moment.seq ?? '',
      ]),
    ),
  );

const people = ({ people: words }: GetIncident200): readonly Html[] =>
  some('What people said', words, () =>
    table(
      'Approvals, rejections and overrides',
      [{ name: 'When', is: 'id' }, { name: 'Who' }, { name: 'What' }, { name: 'Row', is: 'n' }],
      words.map(({ at, by, name, what, why: reason, comment, ticket, seq }) => [
        utc(at),
        html`${name ?? by}${name === undefined ? undefined : html`<div class="quiet">${by}</div>`}`,
        [what, reason, comment, ticket].filter(Boolean).join(': '),
        seq,
      ]),
    ),
  );

const writes = ({ writes: all }: GetIncident200): readonly Html[] =>
  some('What the product wrote', all, () =>
    table(
      'With the correlation ids by which Azure’s own logs have each',
      [{ name: 'When', is: 'id' }, { name: 'What' }, { name: 'Came of it' }, { name: 'Correlation ids' }],
      all.map(({ begunAt, step, target, outcome, why: said, undo, correlationIds }) => [
        utc(begunAt),
        html`<b>${stepDone(step, target)}</b><div>${named(target)}</div>`,
        html`${[outcome, said].filter(Boolean).join(': ')}${undo === undefined ? undefined : html`<div class="quiet">Undo: ${undo}</div>`}`,
        html`${correlationIds.map((id) => html`<div><code>${id}</code></div>`)}`,
      ]),
    ),
  );

const rows = ({ ledger }: GetIncident200): readonly Html[] =>
  some('Its rows of the ledger', ledger.rows, () =>
    table(
      'Every entry of this incident',
      [{ name: 'Row', is: 'n' }, { name: 'When', is: 'id' }, { name: 'Kind', is: 'id' }, { name: 'SHA-256' }],
      ledger.rows.map(({ seq, at, kind, hash }) => [seq, utc(at), kind, html`<code>${hash}</code>`]),
    ),
  );

const proven = ({ ledger: { verified, anchored } }: GetIncident200): Html =>
  facts([
    ['Verified by', `${verified.by}, against ${verified.anchors} ${verified.anchors === 1 ? 'anchor' : 'anchors'}`],
    ['Verified', utc(verified.at)],
    [
      'Anchored',
      anchored === undefined
        ? 'not yet: no anchor proves its last entry'
        : html`${utc(anchored.at)}, by row ${anchored.seq}`,
    ],
  ]);

/** One incident from the loss to the end, as one HTML file. Pure: the same answer makes the same text. */
export const incidentReport = ({ incident, origin }: Input): string => {
  const { id, key, openedAt, closedAt, cause, consumers, ledger } = incident;
  const names = consumers.map(({ consumerId }) => nameOf(consumerId));
  const root = cause.roots[0]?.sentence ?? cause.faults[0]?.sentence ?? 'Why is not known.';
  const what = facts([
    ['Incident', id],
    ['Key', key],
    ['Opened', utc(openedAt)],
    ['Closed', closedAt === undefined ? html`<span class="mark bad">✗ still open</span>` : utc(closedAt)],
    ...originFacts(origin),
  ]);
  const body = html`${what}${numbers(incident)}${[
    ...affected(incident),
    ...why(incident),
    ...timeline(incident),
    ...people(incident),
    ...writes(incident),
    ...rows(incident),
    proof([{ chain: key, verification: ledger.verification }]),
    proven(incident),
  ]}`;
  return document(`Incident of ${names.length > 0 ? names.join(', ') : key}`, root, body, origin);
};
