import type { BootOptions } from '../boot.ts';
import { managementGroupScope } from '../cloud/arm/management-groups.ts';
import { homeTenant } from '../cloud/create-world.ts';
import type { Switches } from '../cloud/service.ts';
import { subscriptionId } from '../cloud/worlds/product.ts';
import type { Mode } from './mode.ts';

export const VAULT = 'kv-orders';
export const KEY = 'cmk';
export const KEY_ID = `https://${VAULT}.vault.azure.net/keys/${KEY}`;
export const SERVER = 'orders';
export const REPLICA = `${SERVER}-replica`;
export const WEB = 'web';
export const WEB_VAULT = 'kv-web';
export const WEB_KEY = 'web-cmk';
export const WEB_KEY_ID = `https://${WEB_VAULT}.vault.azure.net/keys/${WEB_KEY}`;
export const AUDIENCE = 'api://cmk-guardian';

const MINUTE = 60_000;
export const SWEEP_MINUTES = 5;
/** After the first sweep, and well before the second. Virtual ms since the start. */
export const FIRST_ACT_AFTER = (SWEEP_MINUTES + 0.5) * MINUTE;
/** How long the story waits for the end of an act. Virtual ms. */
export const PATIENCE = 30 * MINUTE;

type Chosen = { readonly name: keyof Switches; readonly seconds: number; readonly why: string };

/** Differences of this world from Azure's defaults, with the reasons. */
export const CHOSEN: readonly Chosen[] = [
  {
    name: 'inaccessibleAfterSeconds',
    seconds: 60,
    why: 'from the loss of the key to the lock-out. In Azure: within ten minutes. Short, so that you see one',
  },
  {
    name: 'eventDelaySeconds',
    seconds: 180,
    why: 'until Event Grid delivers. In Azure mostly seconds, but none are promised; an event in time would have prevented the lock-out',
  },
  {
    name: 'propagationSeconds',
    seconds: 120,
    why: 'until changed permissions take effect, as of a replica that gets access. In Azure up to ten minutes',
  },
];

/**
 * The instant at which the last sweep was due. It is near the real time, since other clients (az, Core Tools) judge tokens by
 * that; always a whole sweep before the next one, so that every run has the same course.
 */
const beginning = (): Date => new Date(Math.floor(Date.now() / (SWEEP_MINUTES * MINUTE)) * SWEEP_MINUTES * MINUTE);

/** Six fields: second, minute, hour, day, month, day of the week. */
export const AT_HALF_A_MINUTE = '30 * * * * *';
const ONCE_A_YEAR = '0 0 0 1 1 *';

const scopeOf = (managementGroup: string | undefined): string =>
  [
    `/subscriptions/${subscriptionId}`,
    ...(managementGroup === undefined ? [] : [managementGroupScope(managementGroup)]),
  ].join(',');

type Told = { readonly mode: Mode; readonly managementGroup?: string };

/** The world of the story, and the app's settings in it. */
export const scenario = ({ mode, managementGroup }: Told): BootOptions => ({
  now: beginning(),
  world: 'shop',
  switches: Object.fromEntries(CHOSEN.map(({ name, seconds }) => [name, seconds])),
  settings: {
    GUARDIAN_MODE: mode,
    GUARDIAN_SCOPE: scopeOf(managementGroup),
    GUARDIAN_DEDICATED_VAULTS: `${VAULT},${WEB_VAULT}`,
    GUARDIAN_SWEEP_SCHEDULE: `0 */${SWEEP_MINUTES} * * * *`,
    // A probe each minute would find the expiry before the lock-out, and there would be no incident to see.
    GUARDIAN_PROBE_SCHEDULE: ONCE_A_YEAR,
    // The story leaves posture out; a reader who wants to see it starts it by hand.
    GUARDIAN_POSTURE_SCHEDULE: ONCE_A_YEAR,
    GUARDIAN_SUMMARY_SCHEDULE: ONCE_A_YEAR,
    GUARDIAN_APPROVER_TENANT: homeTenant,
    GUARDIAN_APPROVER_AUDIENCE: AUDIENCE,
  },
});
