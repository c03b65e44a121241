import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { AuditRow } from './audit-log.ts';
import type { TraceRow } from './traces.ts';

/**
 * The meaning of one of the product's queries in code: whether the query finds this row. `product`: the object id that the query
 * leaves out.
 */
export type QueryTwin = { file: string; finds(row: AuditRow, product: string): boolean };

/** The same for a query on the logs of hosts, at the instant of an evaluation. */
export type TraceTwin = { file: string; finds(row: TraceRow, at: number): boolean };

const folder = path.join(import.meta.dirname, '..', '..', '..', 'infra', 'queries');

const ACTS = new Set(['KeyDelete', 'KeyPurge', 'KeyUpdate', 'VaultDelete']);
const USES = new Set(['KeyWrap', 'KeyUnwrap']);
const REFUSED = new Set([401, 403, 404]);

export const TWINS: QueryTwin[] = [
  {
    file: 'key-acts.kql',
    finds: ({ operation, status, callerId }, product) => ACTS.has(operation) && status < 300 && callerId !== product,
  },
  { file: 'key-refusals.kql', finds: ({ operation, status }) => USES.has(operation) && REFUSED.has(status) },
];

const QUARTER_MS = 15 * 60_000;

const TRACE_TWINS: TraceTwin[] = [
  {
    file: 'sweeps.kql',
    finds: ({ at: logged, message }, at) =>
      logged > at - QUARTER_MS && message.startsWith("Executing 'Functions.sweep'"),
  },
];

/** The text of a query of the product, with the object id of the product in its place. */
export const queryOf = (file: string, product: string): string =>
  readFileSync(path.join(folder, file), 'utf8').replaceAll('$'.concat('{product_object_id}'), product);

const GUID = /"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"/gi;

const bare = (text: string): string =>
  text
    .replaceAll(/^\s*\/\/.*$/gm, '')
    .replaceAll(GUID, '"?"')
    .replaceAll(/\s+/g, '');

const asks =
  (query: string) =>
  ({ file }: { file: string }): boolean =>
    bare(queryOf(file, '00000000-0000-0000-0000-000000000000')) === bare(query);

export const traceTwinOf = (query: string): TraceTwin | undefined => TRACE_TWINS.find(asks(query));

/**
 * The twin of one of the product's queries on audit logs, in any layout, and the object id that the query leaves out; `undefined`
 * for any other query.
 */
export const twinOf = (query: string): { twin: QueryTwin; product: string } | undefined => {
  const twin = TWINS.find(asks(query));
  const [product = '""'] = query.match(GUID) ?? [];
  return twin && { twin, product: product.slice(1, -1).toLowerCase() };
};

/** Whether a text can be a query: its strings end, and its brackets match. */
export const isQuery = (text: string): boolean => {
  const bare = text.replaceAll(/^\s*\/\/.*$/gm, '').replaceAll(/@?"(?:[^"\\\n]|\\.)*"|@?'(?:[^'\\\n]|\\.)*'/g, '');
  const open: string[] = [];
  const pairs: Record<string, string> = { ')': '(', ']': '[', '}': '{' };
  for (const sign of bare) {
    if ('([{'.includes(sign)) open.push(sign);
    if (sign in pairs && open.pop() !== pairs[sign]) return false;
  }
  return open.length === 0 && !/["']/.test(bare) && /^\s*[a-z_]/i.test(bare);
};
