import type { Json } from '../model/canonical.ts';
import type { Finding } from '../model/findings.ts';
import type { LedgerRow } from './ledger.ts';

/** The member `name` of the detail of an entry; `undefined` where the detail has none. */
export const told = ({ detail }: Pick<LedgerRow, 'detail'>, name: string): Json | undefined =>
  typeof detail === 'object' && detail !== null && !Array.isArray(detail)
    ? (detail as Readonly<Record<string, Json>>)[name]
    : undefined;

/** The member `name` of the detail where it is a text; else `undefined`. */
export const toldText = (row: Pick<LedgerRow, 'detail'>, name: string): string | undefined => {
  const value = told(row, name);
  return typeof value === 'string' ? value : undefined;
};

/**
 * ARM ids, lower-cased, of the consumers that were affected when they were last seen, and were out of scope at this entry
 * `seen` or `closed`: it proves of none of them that it is well.
 */
export const letGoIn = (row: Pick<LedgerRow, 'kind' | 'detail'>): readonly string[] => {
  const ids = row.kind === 'closed' || row.kind === 'seen' ? told(row, 'letGo') : undefined;
  return Array.isArray(ids) ? ids.map((id) => String(id).toLowerCase()) : [];
};

/** Whether this entry ends an incident of which somebody affected was out of scope. */
export const endsAsLetGo = (row: Pick<LedgerRow, 'kind' | 'detail'>): boolean =>
  row.kind === 'closed' && letGoIn(row).length > 0;

const isFinding = (value: unknown): value is Finding =>
  typeof value === 'object' && value !== null && 'kind' in value && 'target' in value && 'evidence' in value;

/** The findings of a look, from its entry `seen`; empty for any other entry. */
export const findingsIn = (row: LedgerRow): readonly Finding[] => {
  const findings = row.kind === 'seen' ? told(row, 'findings') : undefined;
  return Array.isArray(findings) ? (findings as readonly unknown[]).filter(isFinding) : [];
};

/**
 * The rows of one incident from the chain of its key, oldest first. A request names no incident, since it may come before the
 * incident that it opens: so requests count that were made after the former incident was closed.
 */
export const rowsOfIncident = (chain: readonly LedgerRow[], incident: string): readonly LedgerRow[] => {
  const own = chain.filter((row) => row.incident === incident);
  const [first] = own;
  if (first === undefined) return [];
  const before = chain.findLast((row) => row.kind === 'closed' && row.seq < first.seq)?.seq ?? 0;
  const end = own.find((row) => row.kind === 'closed')?.seq ?? Number.POSITIVE_INFINITY;
  return chain.filter(
    (row) => row.incident === incident || (row.kind === 'requested' && row.seq > before && row.seq < end),
  );
};
