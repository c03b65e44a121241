/** Names of the orchestrations; a step's is the name of its kind. */
export const RECONCILE_KEY = 'reconcileKey';
export const FOLLOW_ALERT = 'followAlert';

/** Those of which there is one instance at a time, by what they do. */
export const SINGLETONS = { sweep: 'sweepEstate', probe: 'probeEstate', posture: 'postureReport' } as const;

export type Singleton = keyof typeof SINGLETONS;
