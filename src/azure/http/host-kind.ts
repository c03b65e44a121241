import type { HostKind } from '../../telemetry/measures.ts';

/** A vault or a topic bears a name that somebody chose, `management` or `login` among them: both are told by what follows it. */
const KINDS: readonly (readonly [RegExp, HostKind])[] = [
  [/\.vault\./, 'vault'],
  [/\.eventgrid\./, 'topic'],
  [/^management\./, 'management'],
  [/^login\./, 'login'],
  [/^api\.loganalytics\./, 'logs'],
];

/** What kind of service of Azure answers at this host, in lower case: there may be ten thousand vaults, and few kinds. */
export const hostKind = (host: string): HostKind => KINDS.find(([pattern]) => pattern.test(host))?.[1] ?? 'other';
