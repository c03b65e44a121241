/**
 * The whole app on the embedded host, on a local cloud whose world is made from plain data, on one virtual clock that stands
 * still unless a caller lets time pass. Knows nothing of Vitest: stories open it by test/builders/app.ts, attacks by
 * test/attacks/play.ts.
 */
import { type Booted, boot } from '../../local/boot.ts';
import type { HostAnswer, HostCall } from '../../local/call-host.ts';
import type { Cloud } from '../../local/cloud/cloud.ts';
import type { EventFilter } from '../../local/cloud/event-grid/event-filter.ts';
import type { EventSchema } from '../../local/cloud/event-grid/event-schema.ts';
import type { Switches } from '../../local/cloud/service.ts';
import { buildWorld, type WorldPlan } from '../../local/cloud/worlds/build-world.ts';
import { hearWrites } from '../../local/cloud/worlds/hear-events.ts';
import { productId, subscriptionId } from '../../local/cloud/worlds/product.ts';
import { webhookUrl } from '../../local/host-process.ts';
import { eventFilters } from '../../src/signals/event-filters.ts';
import { ownPrefix } from './azurite.ts';
import { byKey } from './by-key.ts';
import { brokenContract } from './contract.ts';
import { DAY, HOUR, MINUTE, SECOND } from './durations.ts';
import { givenAway } from './secrets/given-away.ts';
import { notInTable } from './spoken-versions.ts';
import { storageRequests } from './storage-requests.ts';

export { DAY, HOUR, MINUTE, SECOND };

/**
 * `event`: events of the vaults, and of the writes in the subscription. `probe`: after one sweep, in the first minutes of the
 * day, the probe alone. `doors`: no timer and no event; only calls of a story over HTTP.
 */
export type Wake = 'event' | 'sweep' | 'probe' | 'doors';

/** When the vaults got their event subscription. Event Grid sends events of expiry only for versions made after it. */
export type Subscribed = 'before the keys' | 'after the keys';

export type AppPlan = {
  readonly world: WorldPlan;
  readonly wake: Wake;
  /** For wake `event`; `before the keys` when left out. */
  readonly subscribed?: Subscribed;
  readonly schema?: EventSchema;
  /** Added to the settings of a product that may heal: mode auto, in the subscription of the world, vaults dedicated. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Servers lock out half a minute after a failed use of their key, unless said otherwise. */
  readonly switches?: Partial<Switches>;
  readonly seed?: number;
  /** The number of workers on one task hub; one when left out. */
  readonly workers?: number;
};

export type App = Booted & {
  /** Lets time pass until this holds; fails with the host's last lines when it does not within `ms`. */
  until(what: string, holds: () => boolean, ms: number): Promise<void>;
  /** Lets this time pass. */
  pass(ms: number): Promise<void>;
  /** Calls a route, or with the master key its twin where no token is sent, and expects this status. */
  door(call: HostCall, status: number): Promise<HostAnswer>;
  /** The first instant of the story, ms since epoch. */
  readonly startedAt: number;
  /** The output of host and app. */
  readonly said: readonly string[];
  /** The answers of its API: status, headers and body of each call. */
  readonly answers: readonly string[];
  /** The differences of its answers from the contract. */
  readonly undocumented: readonly string[];
  readonly settings: Readonly<Record<string, string>>;
  /** Begins the names of its tables and containers. */
  readonly tablePrefix: string;
};

/** A day on which no timer is due: the yearly schedules of apps without sweeps are ten months away. */
export const NOW = new Date('2026-03-02T00:00:00Z');
const ONCE_A_YEAR = '0 0 0 1 1 *';
const SWEEP_MINUTES = 5;
/** Long enough for a sweep to begin and end. */
export const NEXT_SWEEP = (SWEEP_MINUTES + 1) * MINUTE;
/** Some sweeps: all work that was still to come has been done. */
export const A_WHILE = (3 * SWEEP_MINUTES + 1) * MINUTE;

const EVERY_MINUTE = '0 * * * * *';
const SWEEPS: Readonly<Record<Wake, string>> = {
  event: ONCE_A_YEAR,
  sweep: `0 */${SWEEP_MINUTES} * * * *`,
  probe: '30 1 0 * * *',
  doors: ONCE_A_YEAR,
};

const productIn = ({ world }: Cloud): string => world.entra.managedIdentity(productId)?.objectId ?? '';

const settingsOf = ({ world, wake, settings }: AppPlan): Record<string, string> => ({
  GUARDIAN_MODE: 'auto',
  GUARDIAN_SCOPE: `/subscriptions/${subscriptionId}`,
  GUARDIAN_DEDICATED_VAULTS: (world.vaults ?? []).map(({ name }) => name).join(','),
  GUARDIAN_SWEEP_SCHEDULE: SWEEPS[wake],
  GUARDIAN_PROBE_SCHEDULE: wake === 'probe' ? EVERY_MINUTE : ONCE_A_YEAR,
  GUARDIAN_POSTURE_SCHEDULE: ONCE_A_YEAR,
  GUARDIAN_SUMMARY_SCHEDULE: ONCE_A_YEAR,
  GUARDIAN_TABLE_PREFIX: ownPrefix(),
  ...settings,
});

/** The filters of the product's own event subscriptions. */
const ownFilters = (): EventFilter[] =>
  eventFilters().map(({ includedEventTypes, advancedFilters }) => ({
    includedEventTypes: [...includedEventTypes],
    advancedFilters: advancedFilters.map(({ values, ...one }) => ({ ...one, values: [...values] })),
  }));

const subscribe = async ({ cloud, host, clock }: Booted, { subscribed, schema }: AppPlan): Promise<void> => {
  const endpointUrl = webhookUrl(host(), 'on-key-vault-event');
  if (subscribed === 'after the keys') await clock.advance(MINUTE);
  for (const { id } of cloud.world.keyVault.vaults()) {
    const since = subscribed === 'after the keys' ? {} : { since: 0 };
    await cloud.world.eventGrid.subscribe({ name: 'guardian', scope: id, endpointUrl, schema, ...since });
  }
  const writes = { endpointUrl: webhookUrl(host(), 'on-resource-event'), ...(schema && { schema }) };
  await hearWrites(cloud.world, { ...writes, filters: ownFilters() });
};

/**
 * The forbidden acts of an app: answers that its contract does not have; requests that the local cloud does not simulate, or with
 * another api-version than the product's table has for their type; secrets where they can be read. Sentences for people; none
 * where there was no such act.
 */
export const faultsOf = async (app: App): Promise<readonly string[]> => [
  ...app.said.filter((line) => line.startsWith('not simulated')),
  ...notInTable(app.cloud.requests.list({ caller: productIn(app.cloud) })).map(
    (spoken) => `not in the table: ${spoken}`,
  ),
  ...app.undocumented,
  ...(await givenAway(app)),
];

type Heard = { readonly said: readonly string[]; readonly settings: Readonly<Record<string, string>> };

/** Only the product's own routes: the routes of Durable Functions are for holders of its own key. */
const isDoor = ({ path }: HostCall): boolean => path.startsWith('/api/');

const withTime = (booted: Booted, { said, settings }: Heard): App => {
  const { clock } = booted;
  const answers: string[] = [];
  const undocumented: string[] = [];
  const call = async (request: HostCall): Promise<HostAnswer> => {
    const answer = await booted.call(byKey(request));
    if (!isDoor(request)) return answer;
    answers.push(JSON.stringify(answer));
    undocumented.push(...[brokenContract(request, answer) ?? []].flat());
    return answer;
  };
  return {
    ...booted,
    call,
    startedAt: NOW.getTime(),
    said,
    answers,
    undocumented,
    settings,
    tablePrefix: settings['GUARDIAN_TABLE_PREFIX'] ?? '',
    until: async (what, holds, ms) => {
      if (await clock.advance(ms, holds)) return;
      throw new Error(`Not within ${ms / MINUTE} minutes: ${what}.\n${said.slice(-30).join('\n')}`);
    },
    pass: async (ms) => {
      await clock.advance(ms);
    },
    door: async (request, status) => {
      const answer = await call(request);
      if (answer.status === status) return answer;
      const { method, path } = request;
      throw new Error(`${method} ${path}: ${answer.status}, not ${status}: ${JSON.stringify(answer.body)}`);
    },
  };
};

/**
 * The app's storage is deleted with it, unless the plan names the tables: such a plan may start another app on them. Azurite
 * searches all its blobs for a blob: a run of an hour that left its blobs behind ended with storage that took a minute to answer.
 */
const closing =
  (booted: Booted, connectionString: string, { settings }: AppPlan, tablePrefix: string) =>
  async () => {
    await booted.close();
    if (settings?.['GUARDIAN_TABLE_PREFIX'] === undefined) await storageRequests(connectionString).drop(tablePrefix);
  };

/** Boots the app of the plan on a storage emulator that is up already. The caller closes the app, and the emulator. */
export const openApp = async (plan: AppPlan, connectionString: string): Promise<App> => {
  const said: string[] = [];
  const settings = settingsOf(plan);
  const booted = await boot({
    storage: { connectionString, gone: new Promise(() => {}), close: async () => {} },
    now: NOW,
    settings,
    switches: { inaccessibleAfterSeconds: 30, ...plan.switches },
    log: (line) => said.push(line),
    ...(plan.seed !== undefined && { seed: plan.seed }),
    ...(plan.workers !== undefined && { workers: plan.workers }),
  });
  try {
    buildWorld(booted.cloud.world, plan.world);
    if (plan.wake === 'event') await subscribe(booted, plan);
  } catch (error) {
    await booted.close();
    throw error;
  }
  const app = withTime(booted, { said, settings });
  return { ...app, close: closing(booted, connectionString, plan, app.tablePrefix) };
};
