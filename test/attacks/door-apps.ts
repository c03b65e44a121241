/** The app that the attacks on its API share, and the callers of these attacks. */
import { SECURE_WEBHOOK } from '../builders/alerts.ts';
import type { App, AppPlan } from '../builders/open-app.ts';
import { PEOPLE } from '../builders/people.ts';
import { victims } from './world.ts';

/** The tag with the owner's name, as the lists of the API show it. */
export const OWNER_TAG = 'owner';

/**
 * The app is woken by events and by requests to its API, where people sign in and action groups send a token; it has default
 * settings but for the fuse. Every attack on the API has one of these vaults.
 */
export const OPENED: AppPlan = {
  world: victims('kv-told', 'kv-platform', 'kv-squatted', 'kv-labelled', 'kv-traced'),
  wake: 'event',
  settings: {
    ...PEOPLE,
    ...SECURE_WEBHOOK,
    GUARDIAN_SWEEP_SCHEDULE: '30 */5 * * * *',
    GUARDIAN_OWNER_TAG: OWNER_TAG,
    GUARDIAN_FUSE_ROOT_CAUSES: '99',
  },
};

/** A fired alert in the common schema, about these targets. */
export const firedAbout = (...targets: readonly unknown[]): unknown => ({
  schemaId: 'azureMonitorCommonAlertSchema',
  data: {
    essentials: { monitorCondition: 'Fired', alertRule: 'a rule', signalType: 'Activity Log', alertTargetIDs: targets },
    alertContext: {},
  },
});

type Held = { readonly id: string; readonly rule?: string };

/** The kept alerts, newest first. */
export const keptAlerts = async (app: App): Promise<readonly Held[]> =>
  ((await app.door({ method: 'GET', path: '/api/quarantine' }, 200)).body as { readonly value: readonly Held[] }).value;
