import type { Guardian } from '../loop/guardian.ts';
import { membersAsCsv } from '../posture/csv.ts';
import type { Incident } from '../store/key-state.ts';
import type { QueryOf } from './contract/contract.ts';
import { type Door, type DoorAnswer, type DoorRequest, refusal } from './door.ts';
import { keysNamed } from './keys-named.ts';
import { csvAnswer, linkAfter } from './next-link.ts';
import type { ParsedBody } from './parse-body.ts';

type Query = QueryOf<'list-incidents'>;
type Named = Incident & { readonly keyId: string };

/** The number of incidents on one page. */
export const INCIDENTS_PAGE = 500;

const COLUMNS = ['id', 'keyId', 'openedAt', 'closedAt', 'minutesOpen'] as const;

/** All incidents, or those of the keys that the filter names. */
const readNamed = async (guardian: Guardian, sent: string | undefined): Promise<ParsedBody<readonly Named[]>> => {
  const { incidents } = guardian.store;
  if (sent === undefined) return { kind: 'value', value: await Array.fromAsync(incidents.list()) };
  const found = await keysNamed(guardian, sent);
  if (found.kind === 'refused') return found;
  const ofEach = found.value.keyIds.map((keyId) => Array.fromAsync(incidents.list(keyId)));
  return { kind: 'value', value: (await Promise.all(ofEach)).flat() };
};

/** Whether an incident was open at any time between `from` and `to`, and whether it is open now, where `open` asks for that. */
const isWanted = ({ from, to, open, after }: Query): ((incident: Named) => boolean) => {
  const [begin, end] = [Date.parse(from ?? ''), Date.parse(to ?? '')];
  return ({ id, openedAt, closedAt }) =>
    !(Date.parse(openedAt) >= end) &&
    !(closedAt !== undefined && Date.parse(closedAt) < begin) &&
    (open === undefined || open === (closedAt === undefined)) &&
    (after === undefined || id > after);
};

const withTimes =
  (now: number) =>
  (incident: Named): Named & { readonly minutesOpen: number } => {
    const { openedAt, closedAt } = incident;
    const end = closedAt === undefined ? now : Date.parse(closedAt);
    return { ...incident, minutesOpen: Math.floor(Math.max(0, end - Date.parse(openedAt)) / 600) / 100 };
  };

const pageOf = (request: DoorRequest<Query>, wanted: readonly Named[]): DoorAnswer => {
  const { format, bom } = request.query;
  const page = wanted.slice(0, INCIDENTS_PAGE).map(withTimes(Date.now()));
  const after = wanted.length > INCIDENTS_PAGE ? page.at(-1)?.id : undefined;
  const nextLink = linkAfter('incidents', request, after);
  if (format === 'csv') return csvAnswer(membersAsCsv(COLUMNS, page), nextLink, bom);
  return { status: 200, body: { value: page, ...(nextLink && { nextLink }) } };
};

/**
 * GET: incidents, oldest first, in pages: of one key, vault or consumer (`?resource=` or `?key=`), open or closed, and those that
 * were open between two times. `?format=csv` gives the same as a table.
 */
export const listIncidents: Door<Query> = async (request, guardian) => {
  const { query } = request;
  const { key, resource, from, to } = query;
  if (key !== undefined && resource !== undefined)
    return refusal(400, 'BadRequest', 'key and resource are two names of one filter. Give one of them.');
  if (from !== undefined && to !== undefined && Date.parse(from) >= Date.parse(to))
    return refusal(400, 'BadRequest', `from: ${from} does not lie before to: ${to}. Exchange them.`);
  const found = await readNamed(guardian, key ?? resource);
  if (found.kind === 'refused') return found.answer;
  const inOrder = found.value.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  return pageOf(request, inOrder.filter(isWanted(query)));
};
