import * as z from 'zod/mini';
import { type Expiring, readExpiringInUse } from '../loop/memory/expiring-in-use.ts';
import { csvOf } from '../posture/csv.ts';
import { addDuration } from '../remediation/model/duration.ts';
import type { QueryOf } from './contract/contract.ts';
import { type Door, refusal } from './door.ts';
import { type ExpiryLine, expiryLine } from './expiry/expiry-lines.ts';
import { keysMeant } from './keys-meant.ts';
import { csvAnswer, linkAfter } from './next-link.ts';
import { fromToken, toToken } from './standing/continuation.ts';
import { pageOf } from './standing/page.ts';

type Query = QueryOf<'list-expiry'>;
type Place = readonly [expiresOn: string, kid: string];

const ROUTE = 'expiry';
const WITHIN = 'P90D';
const LIMIT = 200;
const LONGEST_MS = 10 * 366 * 86_400_000;

const text = z.string().check(z.maxLength(4_000));
const place: z.ZodMiniType<Place> = z.tuple([text, text]);

const compare = (one: Place, other: Place): number => {
  const [a, b] = [one.join('\n'), other.join('\n')];
  return a === b ? 0 : a < b ? -1 : 1;
};

/** The end of the list (ISO 8601); `undefined` where it is more than ten years ahead. */
const untilOf = (within: string, now: Date): string | undefined => {
  const until = addDuration(now, within).getTime();
  return until - now.getTime() <= LONGEST_MS ? new Date(until).toISOString() : undefined;
};

const isUsedBy =
  (consumerId: string | undefined) =>
  ({ users }: Expiring): boolean =>
    consumerId === undefined || users.some(({ id }) => id.toLowerCase() === consumerId);

const placed = (one: Expiring) => ({
  one,
  place: [new Date(one.facts.expiresOn).toISOString(), one.facts.kid.toLowerCase()] as const,
  changedAt: '',
});

const COLUMNS: Readonly<Record<string, (line: ExpiryLine) => string>> = {
  expiresOn: ({ expiresOn }) => expiresOn,
  daysLeft: ({ daysLeft }) => String(daysLeft),
  key: ({ key }) => key,
  version: ({ version }) => version,
  vault: ({ vault }) => vault,
  consumers: ({ consumers }) => consumers.map(({ name }) => name).join('\n'),
  what: ({ outlook }) => outlook.kind,
  when: ({ outlook }) => outlook.at,
  until: ({ outlook }) => outlook.until ?? '',
  sentence: ({ outlook }) => outlook.sentence,
};

/**
 * GET ?within=P90D: every version in use that expires until then, by date, with its consumers and with what the product does by
 * itself: the verdict of the policy as of that time, or the one that it has given already.
 */
export const listExpiry: Door<Query> = async (request, guardian) => {
  const { query } = request;
  const { within = WITHIN, after, limit = LIMIT, format } = query;
  const now = new Date();
  const until = untilOf(within, now);
  if (until === undefined)
    return refusal(400, 'BadRequest', `within: ${within} is more than ten years. Ask for less, such as ${WITHIN}.`);
  const from = after === undefined ? undefined : fromToken(after, place);
  if (after !== undefined && !from)
    return refusal(400, 'BadRequest', `after: it is none that this list has given. Begin anew with GET /api/${ROUTE}.`);
  const keys = await keysMeant(guardian, query);
  if (keys.kind === 'refused') return keys.answer;
  const { doNotHealTag } = guardian.settings.policy;
  const only = keys.value && new Set(keys.value.keyIds);
  const all = await readExpiringInUse(guardian.store, { until, only }, doNotHealTag, now);
  const expiring = all.filter(isUsedBy(keys.value?.consumerId));
  const page = pageOf(expiring.map(placed), compare, limit, from);
  const overrides = await guardian.store.records.inForce(now.toISOString());
  const lines = page.shown.map(({ one }) => expiryLine(one, overrides, guardian.settings, now));
  const at = now.toISOString();
  const nextLink = linkAfter(ROUTE, request, page.next && toToken({ after: page.next, at }));
  if (format === 'csv') return csvAnswer(csvOf(COLUMNS, lines), nextLink);
  return { status: 200, body: { now: at, until, value: lines, ...(nextLink && { nextLink }) } };
};
