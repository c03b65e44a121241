import { fetchDocument } from '../loop/posture/put-parts.ts';
import type { Coverage } from '../posture/coverage.ts';
import { asCsv } from '../posture/csv.ts';
import type { Line } from '../posture/lines.ts';
import type { PostureReport } from '../posture/report.ts';
import { ROWS } from '../posture/rows.ts';
import type { Door, DoorAnswer } from './door.ts';
import { lineFilter } from './line-filter.ts';
import { reportOr } from './report-or.ts';
import { nextLink, partAsked, readParts } from './report-parts.ts';

/** POST: has the report made anew, which takes a moment; `GET /api/posture` shows it when it is there. */
export const lookAtPosture: Door = async (_request, _guardian, durable) => {
  await durable.lookAtPosture();
  return { status: 202, headers: { Location: '/api/posture', 'Retry-After': '30' }, body: { status: '/api/posture' } };
};

const summaryOf = ({ tally }: PostureReport) =>
  ROWS.map(({ id, level, check, statement }) => ({ id, level, check, statement, ...tally[id] }));

/**
 * GET: the last posture report, a line for every row and consumer; in pages of whole parts. `?format=csv` for the lines
 * alone. 202 while the first one is being made.
 */
export const getPosture: Door = (request, guardian, durable) =>
  reportOr(guardian, durable, async (report): Promise<DoorAnswer> => {
    const asked = partAsked(request, report);
    if (asked.kind === 'refused') return asked.answer;
    const filter = lineFilter(request);
    if (filter.kind === 'refused') return filter.answer;
    const read = async (part: PostureReport['parts'][number]) =>
      ((await fetchDocument(guardian, part.lines)) as readonly Line[]).filter(filter.keeps);
    const { values: lines, next } = await readParts(report, asked.part, read);
    const link = nextLink('/api/posture', request, next);
    if (request.query.get('format')?.toLowerCase() === 'csv') {
      const headers = { 'content-type': 'text/csv; charset=utf-8', ...(link && { Link: `<${link}>; rel="next"` }) };
      return { status: 200, headers, text: asCsv(lines) };
    }
    const shown = report.parts.slice(asked.part, next ?? report.parts.length);
    const coverage = await Promise.all(shown.map((part) => fetchDocument(guardian, part.coverage)));
    const { startedAt, finishedAt, unreadable } = report;
    const ageSeconds = Math.round((Date.now() - Date.parse(finishedAt)) / 1_000);
    return {
      status: 200,
      body: {
        startedAt,
        finishedAt,
        ageSeconds,
        isComplete: unreadable.length === 0,
        unreadable,
        rows: summaryOf(report),
        lines,
        coverage: (coverage as readonly (readonly Coverage[])[]).flat(),
        ...(link && { nextLink: link }),
      },
    };
  });
