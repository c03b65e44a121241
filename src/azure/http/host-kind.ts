import type { HostKind } from '../../telemetry/measures.ts';

/**
 * The suffix of a host decides its kind. The first label does not: it is a name that somebody chose for a vault or a
 * topic, and may be `management` or `login`.
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
