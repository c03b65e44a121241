import { fetchDocument } from '../loop/posture/put-parts.ts';
import type { Coverage } from '../posture/coverage.ts';
import type { QueryOf } from './contract/contract.ts';
import type { Door } from './door.ts';
import { reportOr } from './report-or.ts';
import { nextLink, partAsked, readParts } from './report-parts.ts';

/**
 * GET: for each vault and step whether the product can see what the step needs and could do it, why not, and the command that
 * changes that; as of the last posture report. `?gaps=true`: only vaults and steps where something is missing.
 */
export const getCoverage: Door<QueryOf<'get-coverage'>> = (request, guardian, durable) =>
  reportOr(guardian, durable, async (report) => {
    const asked = partAsked(request, report);
    if (asked.kind === 'refused') return asked.answer;
    const { values, next } = await readParts(report, asked.part, async ({ coverage }) =>
      ((await fetchDocument(guardian, coverage)) as readonly Coverage[]).filter(
        ({ canSee, canRepair }) => !request.query.gaps || canSee !== true || canRepair !== true,
      ),
    );
    const link = nextLink('coverage', request, report, next);
    return { status: 200, body: { observedAt: report.finishedAt, value: values, ...(link && { nextLink: link }) } };
  });
