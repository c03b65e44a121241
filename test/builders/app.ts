/**
 * The whole app for stories: the real bundle, built for this run, on the embedded host, on a local cloud
 * whose world is made from plain data, on one virtual clock that stands still unless a story lets it pass.
 *
 *   const app = await startApp({ world: ORDERS, wake: 'sweep', settings: { GUARDIAN_MODE: 'auto' } });
 *   expireKey(app);                                     // test/builders/incident.ts: what happens to the world
 *   await app.until('orders serves again', () => serves(app, 'orders'), 30 * MINUTE);
 *
 * `wake` says what may wake the product: the sweep's schedule, Event Grid, or only the doors. The run has one
 * Azurite; every app has tables of its own there. Everything is stopped after each test, and a request to
 * something that the local cloud does not simulate fails the test, as does one by another api-version than the product's
 * table has for its type.
 */
import { afterEach, expect } from '@jest/globals';
import type { Azurite } from '../../local/azurite.ts';
import { type Booted, boot } from '../../local/boot.ts';
import type { HostAnswer, HostCall } from '../../local/call-host.ts';
import type { Cloud } from '../../local/cloud/cloud.ts';
import type { EventSchema } from '../../local/cloud/event-grid/event-schema.ts';
import type { Switches } from '../../local/cloud/room.ts';
import { buildWorld, type WorldPlan } from '../../local/cloud/worlds/build-world.ts';
import { hearWrites } from '../../local/cloud/worlds/hear-events.ts';
import { productId, subscriptionId } from '../../local/cloud/worlds/product.ts';
import { webhookUrl } from '../../local/host-process.ts';
import { runStorage } from '../run/ground.ts';
import { ownPrefix } from './azurite.ts';
import { DAY, HOUR, MINUTE, SECOND } from './durations.ts';
import { notInTable } from './spoken-versions.ts';

export { DAY, HOUR, MINUTE, SECOND };

/**
 * `event`: what the vaults tell, and what is written in the subscription. `probe`: after one sweep, in the first minutes of the day, the probe alone. `doors`: neither of them, nor an event; only
 * what a story calls over HTTP.
 */
export type Wake = 'event' | 'sweep' | 'probe' | 'doors';

/** When the vaults got their event subscription. Azure tells of expiry only for versions made after it. */
export type Subscribed = 'before the keys' | 'after the keys';

export type AppPlan = {
  readonly world: WorldPlan;
  readonly wake: Wake;
  /** For wake `event`; `before the keys` when left out. */
  readonly subscribed?: Subscribed;
  readonly schema?: EventSchema;
  /** Over those of a product that heals what it may: mode auto, in the subscription of the world, vaults dedicated. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Servers lock out half a minute after a failed use of their key, unless said otherwise. */
  readonly switches?: Partial<Switches>;
  readonly seed?: number;
};

export type App = Booted & {
  /** Lets time pass until this holds; fails with the host's last lines when it does not within `ms`. */
  until(what: string, holds: () => boolean, ms: number): Promise<void>;
  /** Lets this time pass. */
  pass(ms: number): Promise<void>;
  /** Calls a door and expects this status. */
  door(call: HostCall, status: number): Promise<HostAnswer>;
  /** The first instant of the story, ms since epoch. */
  readonly startedAt: number;
  /** What host and app have said. */
  readonly said: readonly string[];
};

/** A day on which nothing is due: the yearly sweep of those who have none is ten months away. */
export const NOW = new Date('2026-03-02T00:00:00Z');
const ONCE_A_YEAR = '0 0 0 1 1 *';
const SWEEP_MINUTES = 5;
/** So long that a sweep has begun and ended. */
export const NEXT_SWEEP = (SWEEP_MINUTES + 1) * MINUTE;
/** Some sweeps: whatever was still to come has come. */
export const A_WHILE = (3 * SWEEP_MINUTES + 1) * MINUTE;

const EVERY_MINUTE = '0 * * * * *';
const SWEEPS: Readonly<Record<Wake, string>> = {
  event: ONCE_A_YEAR,
  sweep: `0 */${SWEEP_MINUTES} * * * *`,
  probe: '30 1 0 * * *',
  doors: ONCE_A_YEAR,
};

/** Whoever ends it ends the run. */
const STORAGE: Azurite = { connectionString: runStorage(), gone: new Promise(() => {}), close: async () => {} };

const running: Booted[] = [];
const notSimulated: string[] = [];

const productIn = ({ world }: Cloud): string => world.entra.managedIdentity(productId)?.objectId ?? '';

afterEach(async () => {
  const spoken = running.flatMap(({ cloud }) => notInTable(cloud.requests.list({ caller: productIn(cloud) })));
  for (const app of running.splice(0)) await app.close();
  expect(spoken).toEqual([]);
  expect(notSimulated.splice(0)).toEqual([]);
});

const settingsOf = ({ world, wake, settings }: AppPlan): Record<string, string> => ({
  GUARDIAN_MODE: 'auto',
  GUARDIAN_SCOPE: `/subscriptions/${subscriptionId}`,
  GUARDIAN_DEDICATED_VAULTS: (world.vaults ?? []).map(({ name }) => name).join(','),
  GUARDIAN_SWEEP_SCHEDULE: SWEEPS[wake],
  GUARDIAN_PROBE_SCHEDULE: wake === 'probe' ? EVERY_MINUTE : ONCE_A_YEAR,
  GUARDIAN_POSTURE_SCHEDULE: ONCE_A_YEAR,
  GUARDIAN_TABLE_PREFIX: ownPrefix(),
  ...settings,
});

const subscribe = async ({ cloud, host, clock }: Booted, { subscribed, schema }: AppPlan): Promise<void> => {
  const endpointUrl = webhookUrl(host(), 'on-key-vault-event');
  if (subscribed === 'after the keys') await clock.advance(MINUTE);
  for (const { id } of cloud.world.keyVault.vaults()) {
    const since = subscribed === 'after the keys' ? {} : { since: 0 };
    await cloud.world.eventGrid.subscribe({ name: 'guardian', scope: id, endpointUrl, schema, ...since });
  }
  const writes = { endpointUrl: webhookUrl(host(), 'on-resource-event'), ...(schema && { schema }) };
  await hearWrites(cloud.world, writes);
};

export const startApp = async (plan: AppPlan): Promise<App> => {
  const said: string[] = [];
  const booted = await boot({
    storage: STORAGE,
    now: NOW,
    settings: settingsOf(plan),
    switches: { inaccessibleAfterSeconds: 30, ...plan.switches },
    log: (line) => {
      said.push(line);
      if (line.startsWith('not simulated')) notSimulated.push(line);
    },
    ...(plan.seed !== undefined && { seed: plan.seed }),
  });
  running.push(booted);
  buildWorld(booted.cloud.world, plan.world);
  if (plan.wake === 'event') await subscribe(booted, plan);
  const { clock } = booted;
  return {
    ...booted,
    startedAt: NOW.getTime(),
    said,
    until: async (what, holds, ms) => {
      if (await clock.advance(ms, holds)) return;
      throw new Error(`Not within ${ms / MINUTE} minutes: ${what}.\n${said.slice(-30).join('\n')}`);
    },
    pass: async (ms) => {
      await clock.advance(ms);
    },
    door: async (call, status) => {
      const answer = await booted.call(call);
      if (answer.status !== status)
        throw new Error(`${call.method} ${call.path}: ${answer.status}, not ${status}: ${JSON.stringify(answer.body)}`);
      return answer;
    },
  };
};
