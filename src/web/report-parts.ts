import type { PosturePart, PostureReport } from '../posture/report.ts';
import { type DoorAnswer, type DoorRequest, refusal } from './door.ts';
import { linkTo } from './next-link.ts';

/** The most values of one answer in JSON. */
const ENOUGH = 5_000;

type Asked =
  | { readonly kind: 'part'; readonly part: number }
  | { readonly kind: 'refused'; readonly answer: DoorAnswer };

/** `report`: the start of the report that the pages before were of. */
type Paged = { readonly part?: string | undefined; readonly report?: string | undefined };

/** `?part=`: the part with which the page begins; by default the first. */
export const partAsked = ({ query }: DoorRequest<Paged>, { parts, startedAt }: PostureReport): Asked => {
  const { part: text = '0', report = startedAt } = query;
  if (report !== startedAt) {
    const detail = `Pages of two reports do not fit together: that of ${report} was replaced by that of ${startedAt}. Begin again, without part and report.`;
    return { kind: 'refused', answer: refusal(409, 'ReportReplaced', detail) };
  }
  const part = Number(text);
  if (part < parts.length) return { kind: 'part', part };
  const message = `There is no part ${text}: the report has ${parts.length}, and the first is 0. Follow nextLink.`;
  return { kind: 'refused', answer: refusal(400, 'BadRequest', message) };
};

/**
 * Takes whole parts, one after the other, until there is `enough` for one answer; `take` returns the size of a part. Returns the
 * first part that is left, where there is one.
 */
export const takeParts = async (
  { parts }: Pick<PostureReport, 'parts'>,
  first: number,
  take: (part: PosturePart) => Promise<number>,
  enough: number,
): Promise<number | undefined> => {
  let [at, taken] = [first, 0];
  for (const part of parts.slice(first)) {
    if (taken >= enough) return at;
    taken += await take(part);
    at += 1;
  }
  return undefined;
};

/** The values of whole parts, until there are enough for one answer. `next`: the first part that is left. */
export const readParts = async <Value>(
  report: Pick<PostureReport, 'parts'>,
  first: number,
  read: (part: PosturePart) => Promise<readonly Value[]>,
): Promise<{ readonly values: readonly Value[]; readonly next: number | undefined }> => {
  const values: Value[] = [];
  const take = async (part: PosturePart): Promise<number> => {
    const more = await read(part);
    values.push(...more);
    return more.length;
  };
  return { next: await takeParts(report, first, take, ENOUGH), values };
};

/** The same query, from the next part of the same report on. */
export const nextLink = (
  route: string,
  { caller, query }: Pick<DoorRequest<Paged>, 'caller' | 'query'>,
  { startedAt: report }: Pick<PostureReport, 'startedAt'>,
  next: number | undefined,
): string | undefined => (next === undefined ? undefined : linkTo(route, { caller }, { ...query, part: next, report }));
