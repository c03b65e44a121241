/** Texts that every runbook has in the same words, so that each can be followed alone, at night: `npm run docs` writes them. */
import type { PageKind } from '../../../src/posture/runbooks.ts';
import { hasImpact, isPosture, isQuiet, isUnclear, rowsOf, stepsOn } from './kinds.ts';
import { namesIn } from './names.ts';

const code = (...lines: readonly string[]): string => ['```sh', ...lines, '```'].join('\n');

const parts = (...all: readonly string[]): string => all.join('\n\n');

const READS = 'curl -s -H "x-functions-key: $KEY"';
const SENDS = "-H 'Content-Type: application/json'";

/** The row by which a page is found; none where several lead to it. */
const onlyRowOf = (kind: PageKind): string | undefined => {
  const [row, ...others] = rowsOf(kind);
  return others.length === 0 ? row : undefined;
};

const seePosture = (kind: PageKind): string => {
  const row = onlyRowOf(kind);
  const sentence = 'On the page it is a line of Estate (`g` `e`). No message tells it, and nobody is woken.';
  if (row !== undefined)
    return parts(
      sentence,
      code(`cmk-guardian posture --verdict fail --row ${row}`, `${READS} "$API/keyed/posture?verdict=fail&row=${row}"`),
    );
  return parts(
    `${sentence} It is a line of one of these rows: ${rowsOf(kind).join(', ')}.`,
    code('cmk-guardian posture --verdict fail', `${READS} "$API/keyed/posture?verdict=fail"`),
  );
};

const listedBy = (kind: PageKind): string => `${READS} "$API/keyed/reconciliations?verdict=all&fault=${kind}"`;

const QUIET = 'It wakes nobody and opens no incident, and `status` passes over it';

const seeQuiet = (kind: PageKind): string => {
  const asked = code("cmk-guardian explain '<name>'", listedBy(kind));
  const rows = rowsOf(kind);
  if (rows.length === 0) return parts(`${QUIET}: who asks about the server is told.`, asked);
  return parts(
    `${QUIET}. The posture report finds it, where ${rows.join(' or ')} fails:`,
    code('cmk-guardian posture --verdict fail', `${READS} "$API/keyed/posture?verdict=fail"`),
    'Who asks about the server is told as well, where a look has come upon it: a look asks no more than it needs.',
    asked,
  );
};

export const see = (kind: PageKind): string => {
  if (isPosture(kind)) return seePosture(kind);
  if (isQuiet(kind)) return seeQuiet(kind);
  if (isUnclear(kind))
    return parts(
      'On the page it is a line of Now (`g` `n`), with the name of the server. What is not seen opens no incident.',
      code('cmk-guardian status', "cmk-guardian explain '<name>'", listedBy(kind)),
    );
  return parts(
    'The link of the message leads to the incident. On the page it is a line of Now (`g` `n`), with the name of the server and the fault.',
    code('cmk-guardian status', "cmk-guardian explain '<name>'", listedBy(kind)),
  );
};

const FORBID = parts(
  'If it was meant, forbid every repair now. That holds until somebody lifts it, and wins over every approval:',
  code(
    "cmk-guardian do-not-heal '<key id>' --why '<why>'",
    `curl -s -X PUT -H "x-functions-key: $KEY" ${SENDS} -d '{"target":"<key id>","why":"<why>"}' "$API/keyed/do-not-heal"`,
  ),
  'The tag `cmk-guardian:do-not-heal` on the key, its vault or a consumer says the same. Then stop here. To lift it takes the role Approver:',
  code("cmk-guardian do-not-heal '<key id>' --why '<why>' --lift"),
);

export const meant = (kind: PageKind): string => {
  if (isPosture(kind))
    return 'Ask the owner. Nothing acts on it: where it is meant, leave it as it is, and the line stays in the report.';
  if (!hasImpact(kind))
    return parts(
      'Nobody is known to be down by it alone, so there is time to ask its owner. What else is wrong is told beside it:',
      code("cmk-guardian explain '<name>'"),
    );
  return parts(
    'Ask who owns the key, and see who did it, as far as the logs of Azure tell:',
    code("cmk-guardian incident '<name>'"),
    FORBID,
  );
};

export const approve = (_kind: PageKind, text: string): string => {
  const steps = stepsOn(text);
  if (steps.length === 0) return 'There is nothing to approve: no step of the product mends this. Go on by hand.';
  return parts(
    `The plan holds ${steps.map((step) => `\`${step}\``).join(' or ')}, and what follows from it. Where the verdict is \`run\`, the product is at work: do nothing. Where it is \`ask\`, somebody with the role Approver says yes, who has not requested it: on the page \`a\` on the line, or`,
    code(
      'cmk-guardian plan',
      "cmk-guardian approve '<number>' --comment '<why>'",
      `curl -s -X POST -H "Authorization: Bearer $TOKEN" ${SENDS} -d '{"comment":"<why>"}' "$API/plans/<plan id>/approval"`,
    ),
    'One of the last two is enough. Where no plan is asked, the verdict says why: mode `observe`, a pause, do-not-heal, or something that cannot be read.',
  );
};

export const over = (kind: PageKind): string => {
  if (isPosture(kind)) {
    const row = onlyRowOf(kind);
    const made = 'The report is made once an hour, and at once where it is asked for, in a minute or two.';
    return row !== undefined
      ? parts(
          `${made} The line is over when its verdict is \`pass\`:`,
          code('cmk-guardian posture --look', `cmk-guardian posture --row ${row}`),
        )
      : parts(
          `${made} The line is over when it is there no more:`,
          code('cmk-guardian posture --look', 'cmk-guardian posture --verdict fail'),
        );
  }
  if (isQuiet(kind) || isUnclear(kind))
    return parts(
      'The product looks by itself within five minutes, and at once where it is asked. It is over when `explain` does not name it any more:',
      code("cmk-guardian start '<name>'", "cmk-guardian explain '<name>'", listedBy(kind)),
    );
  return parts(
    'The product looks by itself within five minutes, and at once where it is asked. It is over when `explain` finds nothing wrong and the incident is closed:',
    code(
      "cmk-guardian start '<name>'",
      "cmk-guardian explain '<name>'",
      "cmk-guardian incident '<name>'",
      `${READS} "$API/keyed/incidents?resource=<name>"`,
    ),
  );
};

export const names = (_kind: PageKind, text: string): string =>
  namesIn(text)
    .map(([name, source]) => `* \`${name}\`: ${source}`)
    .join('\n');

/** The parts by the names of their blocks. */
export const PARTS: Readonly<Record<string, (kind: PageKind, text: string) => string>> = {
  see,
  meant,
  approve,
  over,
  names,
};
