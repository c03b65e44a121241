/** The app that the attacks on its doors share, and who comes to them. */
import { SECURE_WEBHOOK } from '../builders/alerts.ts';
import type { App, AppPlan } from '../builders/open-app.ts';
import { PEOPLE } from '../builders/people.ts';
import { victims } from './world.ts';

/** The tag that names the owner, as its lists show it. */
export const OWNER_TAG = 'owner';

/**
 * Woken by events and by what comes to its doors, where people sign in and action groups send a token; under default settings but for
 * the fuse. Every attack on a door has one of these vaults.
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

/** An alert in the common schema, which has fired, about these targets. */
export const firedAbout = (...targets: readonly unknown[]): unknown => ({
  schemaId: 'azureMonitorCommonAlertSchema',
  data: {
    essentials: { monitorCondition: 'Fired', alertRule: 'a rule', signalType: 'Activity Log', alertTargetIDs: targets },
    alertContext: {},
  },
});

type Held = { readonly id: string; readonly rule?: string };

/** What is kept of alerts, newest first. */
export const keptAlerts = async (app: App): Promise<readonly Held[]> =>
  ((await app.door({ method: 'GET', path: '/api/quarantine' }, 200)).body as { readonly value: readonly Held[] }).value;
