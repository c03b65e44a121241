import type { ResourceSignal } from './resource-event.ts';

/** The shape of Azure's in which an alert came. */
export type AlertSchema =
  | 'common'
  | 'legacyMetric'
  | 'legacyActivityLog'
  | 'legacyLog'
  | 'legacyAppLog'
  | 'classicMetric'
  | 'budget'
  | 'unknown';

/**
 * `none`: the alert states no state. In the common schema only `monitorCondition` counts, also where another member is called a
 * status.
 */
export type AlertState = 'fired' | 'resolved' | 'none';

/**
 * The meaning of an alert for the product. `names`: it names resources on access paths of keys (`ids`), and `signals` say what to
 * look at for them. `ignore`: it was understood and is about nothing on an access path; `ids` are the resources that it names.
 * `quarantine`: it was not understood, contradicts itself, or lacks a required name. Ids are lower-cased and only identify
 * resources; they are never facts.
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
  /** The alert that the button Test in the portal sends: it names invented resources. */
  readonly isTest?: true;
};

/** The findings of the reader of one schema: texts that should be ids, in their order. */
export type AlertNames = {
  readonly schema: AlertSchema;
  readonly state: AlertState;
  readonly targets: readonly unknown[];
  /** Names of keys, or their identifiers. */
  readonly keys: readonly unknown[];
  readonly rule?: string;
  readonly alertId?: string;
  /** Two members of the alert that must agree, and do not. */
  readonly contradiction?: string;
  /** The subject of such an alert, as the reason why it may name no resource. */
  readonly about?: string;
};
