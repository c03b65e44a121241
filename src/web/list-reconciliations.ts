import * as z from 'zod/mini';
import type { Guardian } from '../loop/guardian.ts';
import { FEW } from '../loop/memory/read-each.ts';
import type { QueryOf } from './contract/contract.ts';
import { type Door, refusal } from './door.ts';
import { withHarm } from './earlier-names.ts';
import { keysMeant } from './keys-meant.ts';
import type { KeysNamed } from './keys-named.ts';
import { csvAnswer, linkAfter } from './next-link.ts';
import { fromToken, toToken } from './standing/continuation.ts';
import { linesAsCsv } from './standing/csv.ts';
import { withOverrides } from './standing/in-force.ts';
import type { Line } from './standing/line.ts';
import { allLines, type Standing, wrongLines } from './standing/lines-of.ts';
import { comparePlaces, type LinePlace, linePlaceOf } from './standing/order.ts';
import { pageOf } from './standing/page.ts';
import { readAllKeys, readKeys, readWrongKeys } from './standing/read-standing.ts';

type Query = QueryOf<'list-reconciliations'>;

const ROUTE = 'reconciliations';
const LIMIT = 500;

const text = z.string().check(z.maxLength(4_000));
const place: z.ZodMiniType<LinePlace> = z.tuple([z.number().check(z.gte(0), z.lte(9)), text, text, text]);

/** Whether the list also has a line for each healthy consumer. */
const isOfAll = (verdict: Query['verdict']): boolean => verdict === 'all' || verdict === 'healthy';

const readStanding = (
  guardian: Guardian,
  { verdict }: Query,
  keys: KeysNamed | undefined,
): Promise<readonly Standing[]> => {
  if (keys === undefined) return isOfAll(verdict) ? readAllKeys(guardian) : readWrongKeys(guardian);
  // Where many keys are named, the consumers of healthy keys are read in one pass over all keys.
  if (!isOfAll(verdict) || keys.keyIds.length <= FEW) return readKeys(guardian, keys.keyIds);
  const meant = new Set(keys.keyIds);
  return readAllKeys(guardian, (keyId) => meant.has(keyId));
};

const isSame = (one: string | undefined, other: string): boolean => one?.toLowerCase() === other.trim().toLowerCase();

const isWrong = ({ verdict, notAssessed }: Line): boolean => verdict !== 'healthy' || notAssessed !== undefined;

const ofVerdict = (line: Line, wanted: Query['verdict']): boolean => {
  if (wanted === 'all') return true;
  return wanted === undefined || wanted === 'wrong' ? isWrong(line) : line.verdict === wanted;
};

/**
 * Keeps the lines that the filters ask for. A healthy line has no owner where only wrong ones are asked for, since no tag was
 * read for it.
 */
const isMeant =
  ({ fault, owner, verdict }: Query, consumerId: string | undefined) =>
  (line: Line): boolean =>
    ofVerdict(line, verdict) &&
    (fault === undefined || line.fault === fault || line.otherFaults.includes(fault)) &&
    (owner === undefined || isSame(line.owner, owner)) &&
    (consumerId === undefined || line.consumer === undefined || line.consumer.id === consumerId);

const linesIn = (
  { settings: { ownerTag } }: Guardian,
  standing: readonly Standing[],
  { verdict }: Query,
  now: Date,
): readonly Line[] =>
  standing.flatMap((state) => (isOfAll(verdict) ? allLines(state, now, ownerTag) : wrongLines(state, now)));

const badToken = () =>
  refusal(
    400,
    'BadRequest',
    `after: it is none that this list has given. Begin anew with GET /api/${ROUTE}, and follow nextLink.`,
  );

/**
 * GET: everything that is wrong now, a line for each consumer of each key, the greatest impact first, with what is done about it;
 * in pages. Healthy lines are left out unless `?verdict=` asks for them. Keys without consumers are always left out.
 */
export const listReconciliations: Door<Query> = async (request, guardian) => {
  const { query } = request;
  const from = query.after === undefined ? undefined : fromToken(query.after, place);
  if (query.after !== undefined && !from) return badToken();
  const keys = await keysMeant(guardian, query);
  if (keys.kind === 'refused') return keys.answer;
  const now = new Date();
  const standing = await withOverrides(guardian, await readStanding(guardian, query, keys.value), now);
  const lines = linesIn(guardian, standing, query, now).filter(isMeant(query, keys.value?.consumerId));
  const placed = lines.map((line) => ({ line, place: linePlaceOf(line), changedAt: line.changedAt }));
  const page = pageOf(placed, comparePlaces, query.limit ?? LIMIT, from);
  const shown = page.shown.map(({ line }) => line);
  const at = now.toISOString();
  const nextLink = linkAfter(ROUTE, request, page.next && toToken({ after: page.next, at }));
  if (query.format === 'csv') return csvAnswer(linesAsCsv(shown), nextLink);
  return { status: 200, body: { now: at, value: shown.map(withHarm), ...(nextLink && { nextLink }) } };
};
