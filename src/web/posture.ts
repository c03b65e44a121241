import type { Guardian } from '../loop/guardian.ts';
import { fetchDocument } from '../loop/posture/put-parts.ts';
import type { Coverage } from '../posture/coverage.ts';
import { headingOf, membersAsRows } from '../posture/csv.ts';
import { LINE_COLUMNS, type PostureLine } from '../posture/lines.ts';
import type { PostureReport } from '../posture/report.ts';
import { ROWS } from '../posture/rows.ts';
import { statementOf } from '../posture/statement.ts';
import { nameOf } from '../remediation/model/resource-id.ts';
import { pathFor } from './callers.ts';
import type { QueryOf } from './contract/contract.ts';
import { type Door, type DoorAnswer, type DoorRequest, refusal } from './door.ts';
import { isSubjectNamed, lineFilter } from './line-filter.ts';
import { meantPerhaps, nearNames } from './near-names.ts';
import { csvAnswer } from './next-link.ts';
import { reportOr } from './report-or.ts';
import { nextLink, partAsked, readParts, takeParts } from './report-parts.ts';

/** POST: starts a new report, which takes some time; `GET /api/posture` shows it when it is made. */
export const lookAtPosture: Door = async ({ caller }, _guardian, durable) => {
  await durable.start('posture');
  const path = pathFor(caller, 'posture');
  return { status: 202, headers: { Location: path, 'Retry-After': '30' }, body: { status: path } };
};

const summaryOf = ({ tally }: PostureReport) =>
  ROWS.map(({ id, level, check, statement }) => ({ id, level, check, statement, ...tally[id] }));

/** The most lines of one table: some 20 MB of text, which the worker holds in memory beside the lines of one part. */
const ENOUGH_OF_A_TABLE = 50_000;

type Query = QueryOf<'get-posture'>;
type Stated = PostureLine & { readonly statement: string };

/** The lines of a part, with the statement of their row. */
const linesOf =
  (guardian: Guardian, query: Query) =>
  async (part: PostureReport['parts'][number]): Promise<readonly Stated[]> => {
    const lines = (await fetchDocument(guardian, part.lines)) as readonly PostureLine[];
    return lines.filter(lineFilter(query)).map((line) => ({ ...line, statement: statementOf(line.row) }));
  };

const asTable = async (guardian: Guardian, request: DoorRequest<Query>, report: PostureReport, first: number) => {
  const { query } = request;
  const read = linesOf(guardian, query);
  const texts = [headingOf(LINE_COLUMNS)];
  const take = async (part: PostureReport['parts'][number]): Promise<number> => {
    const lines = await read(part);
    texts.push(membersAsRows(LINE_COLUMNS, lines));
    return lines.length;
  };
  const link = nextLink('posture', request, report, await takeParts(report, first, take, ENOUGH_OF_A_TABLE));
  return csvAnswer(texts.join(''), link, query.bom);
};

const asPage = async (
  guardian: Guardian,
  request: DoorRequest<Query>,
  report: PostureReport,
  first: number,
): Promise<DoorAnswer> => {
  const { values: lines, next } = await readParts(report, first, linesOf(guardian, request.query));
  const link = nextLink('posture', request, report, next);
  const shown = report.parts.slice(first, next ?? report.parts.length);
  const coverage = await Promise.all(shown.map((part) => fetchDocument(guardian, part.coverage)));
  const { startedAt, finishedAt, unreadable } = report;
  const body = {
    startedAt,
    finishedAt,
    ageSeconds: Math.round((Date.now() - Date.parse(finishedAt)) / 1_000),
    isComplete: unreadable.length === 0,
    unreadable,
    rows: summaryOf(report),
    lines,
    coverage: (coverage as readonly (readonly Coverage[])[]).flat(),
    ...(link && { nextLink: link }),
  };
  return { status: 200, body };
};

const subjectsIn = async (guardian: Guardian, { parts }: PostureReport): Promise<ReadonlySet<string>> => {
  const subjects = new Set<string>();
  for (const part of parts)
    for (const { subject } of (await fetchDocument(guardian, part.lines)) as readonly PostureLine[])
      subjects.add(subject);
  return subjects;
};

/**
 * Refuses a subject that the whole report does not name. Without this the caller would get an empty list, and believe that
 * nothing is wrong with the subject.
 */
const notInReport = async (
  guardian: Guardian,
  { subject }: Query,
  report: PostureReport,
): Promise<DoorAnswer | undefined> => {
  if (subject === undefined) return undefined;
  const subjects = await subjectsIn(guardian, report);
  if ([...subjects].some((one) => isSubjectNamed(one, subject))) return undefined;
  const near = nearNames(subject.includes('/') ? subjects : [...subjects].map(nameOf), subject);
  const detail = `No line of the report of ${report.startedAt} is of '${subject}'. A name is compared as a whole, without case.${meantPerhaps(near)}`;
  return refusal(404, 'NotFound', detail, { candidates: near });
};

/**
 * GET: the last posture report, a line for every row and consumer, with the statement of the row; in pages of whole parts.
 * `?format=csv` gives only the lines, in larger pages. 202 while the first report is being made.
 */
export const getPosture: Door<Query> = (request, guardian, durable) =>
  reportOr(guardian, durable, async (report): Promise<DoorAnswer> => {
    const asked = partAsked(request, report);
    if (asked.kind === 'refused') return asked.answer;
    const unknown = await notInReport(guardian, request.query, report);
    if (unknown) return unknown;
    const answer = request.query.format === 'csv' ? asTable : asPage;
    return answer(guardian, request, report, asked.part);
  });
