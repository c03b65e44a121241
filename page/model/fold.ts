import { type Line, lineId } from './line.ts';
import { byUrgency } from './urgency.ts';

/** Lines of one root cause. `first` is the most urgent of them. */
export type Group = { readonly id: string; readonly first: Line; readonly lines: readonly Line[] };

/** Faults of a vault: they affect all of its keys at once. */
const OF_A_VAULT: ReadonlySet<string> = new Set([
  'vaultDeleted',
  'vaultPurged',
  'vaultForeign',
  'vaultUnreachable',
  'vaultFirewallBlocks',
  'vaultNotRebuilt',
  'permissionModelChanged',
  'tenantMismatch',
  'softDeleteOff',
  'purgeProtectionOff',
  'retentionShort',
]);

const rootOf = (line: Line): string => {
  const { fault, vault, key } = line;
  if (fault === undefined) return lineId(line);
  return `${fault}|${OF_A_VAULT.has(fault) ? vault : key}`;
};

/** One group for each root cause, the most urgent first, and in each the most urgent line first. */
export const foldByCause = (lines: readonly Line[]): readonly Group[] => {
  const groups = Map.groupBy(lines.toSorted(byUrgency), rootOf);
  return [...groups].flatMap(([id, all]) => {
    const [first] = all;
    return first ? [{ id, first, lines: all }] : [];
  });
};
