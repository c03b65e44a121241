import type { GetPosture200, GetPosture200LinesItem, GetPosture200RowsItem } from '../client/api.ts';
import { document, facts, lines, named, type Origin, originFacts, section, table, utc } from './document.ts';
import { type Html, html } from './html.ts';
import { type Head, proof } from './proof.ts';

/** Checks about how the commands of the documents are typed: who reads a report types none. */
export const TYPED: ReadonlySet<string> = new Set([
  'azureCliStated',
  'noPreviewExtension',
  'clusterAccess',
  'commandsParse',
  'noBorrowedNames',
  'noUnsetVariable',
  'noTypographicDash',
  'commandsComplete',
]);

type Input = { readonly posture: GetPosture200; readonly heads: readonly Head[]; readonly origin: Origin };

const MARKS = {
  fail: ['bad', '✗ fails'],
  unknown: ['open', '? unknown'],
  pass: ['good', '✓ passes'],
  notApplicable: ['quiet', '– does not apply'],
} as const;

type Verdict = keyof typeof MARKS;
const VERDICTS = Object.keys(MARKS) as readonly Verdict[];

const DOCUMENTS: Readonly<Record<string, string>> = {
  S1: 'Bring your own keys (BYOK) with Azure disks in Azure Kubernetes Service',
  S2: 'Azure Database for MySQL data encryption with a customer-managed key',
};

const mark = (verdict: Verdict): Html => {
  const [tone, words] = MARKS[verdict];
  return html`<span class="mark ${tone}">${words}</span>`;
};

const isAudited = ({ check }: { readonly check: string }): boolean => !TYPED.has(check);

const counts = (all: readonly GetPosture200LinesItem[]): Html => {
  const items = VERDICTS.map((verdict) => {
    const [tone, words] = MARKS[verdict];
    const count = all.filter((line) => line.verdict === verdict).length;
    return html`<li><b>${count}</b><span class="${tone}">${words}</span></li>`;
  });
  return html`<ul class="counts">${items}</ul>`;
};

const lineRow = ({ row, statement, subject, use, verdict, evidence, plan = [] }: GetPosture200LinesItem) => [
  row,
  statement,
  html`${named(subject)}${use === undefined ? undefined : html`<div class="quiet">${use}</div>`}`,
  html`${mark(verdict)} ${evidence}${plan.map((one) => html`<div><code>${one}</code></div>`)}`,
];

const LINE = [{ name: 'Row', is: 'id' }, { name: 'The document says' }, { name: 'Of' }, { name: 'Found' }] as const;

const ofVerdict = (
  all: readonly GetPosture200LinesItem[],
  verdict: Verdict,
  title: string,
  caption: string,
): readonly Html[] => {
  const some = all.filter((line) => line.verdict === verdict);
  return some.length === 0
    ? []
    : [section(`${title} (${some.length})`, table(caption, LINE, some.map(lineRow), 'found'))];
};

const rowCounts = ({ id, statement, pass = 0, fail = 0, unknown = 0, notApplicable = 0 }: GetPosture200RowsItem) => [
  id,
  statement,
  pass,
  fail,
  unknown,
  notApplicable,
];

const COUNTS = [
  { name: 'Row', is: 'id' },
  { name: 'The document says' },
  { name: 'Passes', is: 'n' },
  { name: 'Fails', is: 'n' },
  { name: 'Unknown', is: 'n' },
  { name: 'Does not apply', is: 'n' },
] as const;

const ofDocument = (rows: readonly GetPosture200RowsItem[], prefix: string): readonly Html[] => {
  const own = rows.filter(({ id }) => id.startsWith(`${prefix}.`));
  const name = DOCUMENTS[prefix] ?? prefix;
  return own.length === 0 ? [] : [section(`Every row of ${prefix}`, table(name, COUNTS, own.map(rowCounts)))];
};

const unreadable = ({ unreadable: all, isComplete }: GetPosture200): readonly Html[] =>
  isComplete && all.length === 0
    ? []
    : [
        section(
          'What could not be read',
          html`<p>Of these nothing is said above, neither good nor bad.</p>${lines(all)}`,
        ),
      ];

const leadOf = (audited: readonly GetPosture200LinesItem[]): string => {
  const count = (verdict: Verdict): number => audited.filter((line) => line.verdict === verdict).length;
  const [fails, open] = [count('fail'), count('unknown')];
  if (fails + open === 0) return 'Everything that was looked at is as the documents ask for.';
  return `${fails === 0 ? 'Nothing' : fails} of ${audited.length} findings ${fails === 0 ? 'fails' : fails === 1 ? 'fails' : 'fail'}, ${open} could not be told.`;
};

/** The posture report for an auditor, as one HTML file. Pure: the same answers make the same text. */
export const postureReport = ({ posture, heads, origin }: Input): string => {
  const audited = posture.lines.filter(isAudited);
  const rows = posture.rows.filter(isAudited);
  const looked = facts([...originFacts(origin), ['Looked', `${utc(posture.startedAt)} to ${utc(posture.finishedAt)}`]]);
  const body = html`${looked}${counts(audited)}${[
    ...ofVerdict(audited, 'fail', 'What fails', 'With the commands that mend it'),
    ...ofVerdict(audited, 'unknown', 'What nobody could tell', 'Unknown is neither good nor bad'),
    ...unreadable(posture),
    ...Object.keys(DOCUMENTS).flatMap((prefix) => ofDocument(rows, prefix)),
    ...ofVerdict(audited, 'pass', 'What passes', 'With the evidence of each'),
    proof(heads),
  ]}`;
  return document('How customer-managed keys are kept', leadOf(audited), body, origin);
};
