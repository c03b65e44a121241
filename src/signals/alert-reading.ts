import type { ResourceSignal } from './resource-event.ts';

/** In which of Azure's shapes an alert came. */
export type AlertSchema =
  | 'common'
  | 'legacyMetric'
  | 'legacyActivityLog'
  | 'legacyLog'
  | 'legacyAppLog'
  | 'classicMetric'
  | 'budget'
  | 'unknown';

/** `none`: nothing says. Of the common schema `monitorCondition` alone counts, whatever else calls itself a status. */
export type AlertState = 'fired' | 'resolved' | 'none';

/**
 * What an alert is to the product. `names`: something that keys hang on; `ids` are those, and `signals` what they are a reason
 * to look at. `ignore`: understood, and about nothing of ours; `ids` are what it does name. `quarantine`: not understood,
 * contradictory, or without what it should name. Ids are in small letters and identifiers only, never facts.
 */
export type AlertReading = {
  readonly schema: AlertSchema;
  readonly state: AlertState;
  readonly reading: 'names' | 'ignore' | 'quarantine';
  readonly ids: readonly string[];
  readonly signals: readonly ResourceSignal[];
  readonly why: string;
  /** Name or id of the alert rule, in one line. */
  readonly rule?: string;
  /** The alert that the portal's button Test sends: it names invented resources. */
  readonly isTest?: true;
};

/** What the reader of one schema finds: texts that should be ids, in the order in which they are named. */
export type AlertNames = {
  readonly schema: AlertSchema;
  readonly state: AlertState;
  readonly targets: readonly unknown[];
  /** Names of keys, or their identifiers. */
  readonly keys: readonly unknown[];
  readonly rule?: string;
  readonly alertId?: string;
  /** Two members that must agree and do not. */
  readonly contradiction?: string;
  /** Why it may name nothing: what such an alert is about. */
  readonly about?: string;
};
