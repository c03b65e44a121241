import type { Activity } from '../../azure/connection/activity-log.ts';
import type { Step } from '../../remediation/steps/step.ts';

/** A step that is needed again although it was done within the last day, and since when (ISO 8601). */
export type Undone = { readonly step: Step; readonly since: string };

/** The last acts shown: these undid the last repair. */
const SHOWN = 3;

/** The last acts of others, each with its author. */
export const inWords = (acts: readonly Activity[]): string =>
  acts
    .slice(-SHOWN)
    .map(({ at, operation, caller }) => `${caller} (${operation} at ${at})`)
    .join(', ');
