import type { Json } from '../model/canonical.ts';
import type { Finding } from '../model/findings.ts';
import type { LedgerRow } from './ledger.ts';

/** A member of what an entry tells; `undefined` where it has none. */
export const told = ({ detail }: Pick<LedgerRow, 'detail'>, name: string): Json | undefined =>
  typeof detail === 'object' && detail !== null && !Array.isArray(detail)
    ? (detail as Readonly<Record<string, Json>>)[name]
    : undefined;

/** The same where it is a text. */
export const toldText = (row: Pick<LedgerRow, 'detail'>, name: string): string | undefined => {
  const value = told(row, name);
  return typeof value === 'string' ? value : undefined;
};

const isFinding = (value: unknown): value is Finding =>
  typeof value === 'object' && value !== null && 'kind' in value && 'target' in value && 'evidence' in value;

/** What a look found, by the entry of it; nothing where the entry is no such one. */
export const findingsIn = (row: LedgerRow): readonly Finding[] => {
  const findings = row.kind === 'seen' ? told(row, 'findings') : undefined;
  return Array.isArray(findings) ? (findings as readonly unknown[]).filter(isFinding) : [];
};

/**
 * The rows of one incident among those of its key's chain, oldest first. What a person requested belongs to no incident by name: it
 * opens one, or is said in one, so that what was requested since the incident before was closed is among them.
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
