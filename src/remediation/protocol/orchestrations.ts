/** Names of the orchestrations. The orchestration of a step has the name of its kind. */
export const RECONCILE_KEY = 'reconcileKey';
export const FOLLOW_ALERT = 'followAlert';

/** Orchestrations that have only one instance at a time, by their task. */
export const SINGLETONS = { sweep: 'sweepEstate', probe: 'probeEstate', posture: 'postureReport' } as const;

export type Singleton = keyof typeof SINGLETONS;
