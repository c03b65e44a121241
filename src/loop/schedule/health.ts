import { command } from '../../remediation/model/command.ts';
import { groupOf, nameOf, subscriptionOf } from '../../remediation/model/resource-id.ts';
import type { Beat } from '../../store/beats.ts';
import type { Durable, Guardian } from '../guardian.ts';
import { TOLD_AFTER } from '../reconcile/assess-or-tell.ts';
import { PRODUCT_CHAIN } from '../record.ts';
import {
  type Attend,
  missedAt,
  restartCommand,
  type StandingTimer,
  standingTimers,
  startBeat,
} from '../wake/make-up.ts';
import { REPLACED } from '../wake/open-durable.ts';
import { settledWithin } from '../wake/settled-within.ts';
import { alertsHealth } from './alerts-health.ts';
import { PURGE } from './purge-history.ts';

/**
 * `blind`: for four periods no sweep could list the scopes. `noStorage`: storage cannot be read or written.
 * `timersStand`: the product looks, but only because callers start the sweeps.
 */
export type Pulse = {
  readonly kind: 'well' | 'timersStand' | 'blind' | 'noStorage';
  readonly why?: string;
  readonly timers?: readonly StandingTimer[];
};

type Beats = Readonly<Record<string, Beat>>;

/** One answer serves all callers for this time: anybody may ask, as often as they like. */
const KEPT_MS = 10_000;
const WRITTEN_MS = 60_000;
const PERIODS = 4;
/** A sweep that is started because others are missing has this many periods to list the scopes. */
const GRACE = 2;

const isBlind = ({ settings }: Guardian, beats: Beats, began: Date): boolean => {
  const { nextDue } = settings.schedules.sweep;
  const now = new Date();
  if (missedAt(nextDue, new Date(beats['sweepListed']?.at ?? began), PERIODS) >= now) return false;
  const { first } = beats[startBeat('sweep')] ?? {};
  return first === undefined || missedAt(nextDue, new Date(first), GRACE) < now;
};

const pulseOf = (guardian: Guardian, beats: Beats, began: Date): Pulse => {
  const timers = standingTimers(guardian, beats, began);
  if (isBlind(guardian, beats, began)) {
    const since = beats['sweepListed']?.at ?? began.toISOString();
    return { kind: 'blind', why: `no sweep has listed what is in scope since ${since}`, timers };
  }
  if (timers.length === 0) return { kind: 'well' };
  const names = timers.map(({ timer, last }) => `${timer} (last ${last ?? `before ${began.toISOString()}`})`);
  return {
    kind: 'timersStand',
    why: `these timers do not fire any more, so that only calls and events start what they are for: ${names.join(', ')}; ${restartCommand(guardian.settings)}`,
    timers,
  };
};

/**
 * A caller who asks for the health of the product, for example a probe of the platform, does not wait longer for
 * storage.
 */
const STORAGE_MS = 10_000;

/** The command that looks at the storage account from the side of Azure, with the rights of whoever runs it. */
const doctorCommand = ({ functionApp: app }: Guardian['settings']): string =>
  app === undefined
    ? "`cmk-guardian doctor --subscription '<subscription id>' --group '<group>' --app '<app>'`"
    : command('cmk-guardian doctor', { subscription: subscriptionOf(app), group: groupOf(app), app: nameOf(app) });

const silence = ({ settings }: Guardian): string =>
  `Storage has not answered for ${STORAGE_MS / 1_000} seconds. Fix: look for what drops the packets between the app and the storage account (routes, firewall, private endpoint); ${doctorCommand(settings)} tells more.`;

export type TakePulse = (durable: Durable) => Promise<Pulse>;

/**
 * Whether the product can look, and can store what it sees. The question itself makes up for a missing sweep, like any
 * other call.
 */
export const openPulse = (guardian: Guardian, attend: Attend): TakePulse => {
  const began = new Date();
  let kept: { readonly at: number; readonly pulse: Promise<Pulse> } | undefined;
  let written = 0;
  const take = async (durable: Durable): Promise<Pulse> => {
    await attend(durable);
    const pulse = look();
    return (await settledWithin(pulse, STORAGE_MS)) ? pulse : { kind: 'noStorage', why: silence(guardian) };
  };
  const look = async (): Promise<Pulse> => {
    try {
      if (Date.now() - written >= WRITTEN_MS) {
        await guardian.store.beats.beat('health', new Date().toISOString());
        written = Date.now();
      }
      return pulseOf(guardian, await guardian.store.beats.read(), began);
    } catch (error) {
      return { kind: 'noStorage', why: guardian.store.troubleOf(error, doctorCommand(guardian.settings)) };
    }
  };
  return (durable) => {
    if (!kept || Date.now() - kept.at >= KEPT_MS) kept = { at: Date.now(), pulse: take(durable) };
    return kept.pulse;
  };
};

const aged = (beat: Beat | undefined) =>
  beat && { at: beat.at, ageSeconds: Math.round((Date.now() - Date.parse(beat.at)) / 1_000) };

/** The age of the last run of each kind. */
export const agesOf = (beats: Beats) => ({
  sweep: {
    began: aged(beats['sweep']),
    listed: aged(beats['sweepListed']),
    ended: aged(beats['sweepEnded']),
    timer: aged(beats['timer:sweep']),
  },
  probe: { began: aged(beats['probe']), timer: aged(beats['timer:probe']) },
  posture: { began: aged(beats['posture']), ended: aged(beats['postureEnded']), timer: aged(beats['timer:posture']) },
  events: Object.fromEntries(
    Object.keys(beats).flatMap((name) =>
      name.startsWith('event:') ? [[name.slice('event:'.length), aged(beats[name])]] : [],
    ),
  ),
});

/** The most entries of the product's chain that are searched. */
const RECENT = 100;

const replacedIn = async ({ store }: Guardian) =>
  (await store.ledger.recent(PRODUCT_CHAIN, RECENT)).flatMap(({ at, detail }) => {
    const entered = detail as { readonly what?: string; readonly detail?: Record<string, unknown> };
    return entered.what === REPLACED ? [{ at, ...entered.detail }] : [];
  });

/** The most entries of a list in an answer. */
const SHOWN = 100;

const failingIn = async ({ store }: Guardian) => {
  const failing = (await Array.fromAsync(store.failures.list())).filter(({ times }) => times >= TOLD_AFTER);
  return { count: failing.length, keys: failing.slice(0, SHOWN) };
};

/**
 * The detailed health of the product, for authorized callers: one call to storage for each line, one more per 1,000
 * keys, and one call to Azure where alerts were not understood.
 */
export const healthOf = async (guardian: Guardian) => {
  const { store } = guardian;
  const [beats, replacedInstances, keysNotAssessed, waitingNotices, waitingEvents, hasAnchors, protection, alerts] =
    await Promise.all([
      store.beats.read(),
      replacedIn(guardian),
      failingIn(guardian),
      store.waitingNotices.count(),
      store.waitingEvents.count(),
      store.anchors.isBegun(),
      store.anchors.protection(),
      alertsHealth(guardian),
    ]);
  const anchors = { begun: hasAnchors, protection, headsAnchored: aged(beats['anchors']) };
  const purge = { ended: aged(beats[PURGE]) };
  return {
    ...agesOf(beats),
    purge,
    replacedInstances,
    keysNotAssessed,
    waitingNotices,
    waitingEvents,
    anchors,
    alerts,
  };
};
