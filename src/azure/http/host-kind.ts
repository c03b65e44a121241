import type { HostKind } from '../../telemetry/measures.ts';

/**
 * The first label of a vault's or topic's host is a name that somebody chose, maybe `management` or `login`: the suffix
 * after it decides.
 */
const KINDS: readonly (readonly [RegExp, HostKind])[] = [
  [/\.vault\./, 'vault'],
  [/\.eventgrid\./, 'topic'],
  [/^management\./, 'management'],
  [/^login\./, 'login'],
  [/^api\.loganalytics\./, 'logs'],
];

/** The kind of Azure service at this host (lower case). There may be ten thousand vaults, but only few kinds. */
export const hostKind = (host: string): HostKind => KINDS.find(([pattern]) => pattern.test(host))?.[1] ?? 'other';
