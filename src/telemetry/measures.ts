import { type Counter, type Gauge, type Histogram, type Meter, metrics } from '@opentelemetry/api';
import { SCOPE } from './trace.ts';

/** Seconds: from an expiry that was seen within ten seconds to a fault that nobody has seen for a day. */
const SECONDS = [1, 5, 10, 30, 60, 120, 300, 600, 1_200, 3_600, 7_200, 21_600, 86_400];

type Instruments = {
  readonly toDetect: Histogram;
  readonly toDecide: Histogram;
  readonly toHeal: Histogram;
  readonly openIncidents: Gauge;
  readonly lookAge: Gauge;
  readonly throttled: Counter;
  readonly waitingNotices: Gauge;
  readonly waitingEvents: Gauge;
};

const seconds = (meter: Meter, name: string, description: string): Histogram =>
  meter.createHistogram(name, { unit: 's', description, advice: { explicitBucketBoundaries: SECONDS } });

const make = (meter: Meter): Instruments => ({
  toDetect: seconds(meter, 'guardian.time_to_detect', 'From when Azure says that it broke until its incident opened.'),
  toDecide: seconds(
    meter,
    'guardian.time_to_decide',
    'From when an incident opened until its first decision was recorded.',
  ),
  toHeal: seconds(meter, 'guardian.time_to_heal', 'From when an incident opened until it closed.'),
  openIncidents: meter.createGauge('guardian.open_incidents', {
    description: 'Incidents that are open, at each sweep.',
  }),
  lookAge: meter.createGauge('guardian.look_age', {
    unit: 's',
    description: 'How long ago the last sweep has listed what is in scope, and the last probe has begun.',
  }),
  throttled: meter.createCounter('guardian.throttled_calls', {
    description: 'Calls that Azure has answered with 429.',
  }),
  waitingNotices: meter.createGauge('guardian.waiting_notices', {
    description: 'Messages that no webhook has taken yet.',
  }),
  waitingEvents: meter.createGauge('guardian.waiting_events', {
    description: 'Events of the product that its topic has not taken yet.',
  }),
});

let instruments: Instruments | undefined;
let isOn = false;

/** Called when an exporter starts. Before that nothing is counted, and nothing is read in order to count it. */
export const beginMeasuring = (): void => {
  isOn = true;
  instruments = undefined;
};

export const isMeasuring = (): boolean => isOn;

const each = (record: (instruments: Instruments) => void): void => {
  if (!isOn) return;
  instruments ??= make(metrics.getMeter(SCOPE));
  record(instruments);
};

const since = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1_000;

/** Whether the value can be an interval: the clocks of two machines differ, and a negative interval has no meaning. */
const isInterval = (value: number): boolean => Number.isFinite(value) && value >= 0;

/** `cause`: the name of a fault. All instants: ISO 8601. */
export const measureDetected = (cause: string, brokeAt: string, openedAt: string): void =>
  each(({ toDetect }) => {
    const value = since(brokeAt, openedAt);
    if (isInterval(value)) toDetect.record(value, { cause });
  });

export const measureDecided = (cause: string, openedAt: string, at: string): void =>
  each(({ toDecide }) => {
    const value = since(openedAt, at);
    if (isInterval(value)) toDecide.record(value, { cause });
  });

export const measureHealed = (cause: string, openedAt: string, closedAt: string): void =>
  each(({ toHeal }) => {
    const value = since(openedAt, closedAt);
    if (isInterval(value)) toHeal.record(value, { cause });
  });

export const measureOpenIncidents = (count: number): void => each(({ openIncidents }) => openIncidents.record(count));

export const measureWaitingNotices = (count: number): void =>
  each(({ waitingNotices }) => waitingNotices.record(count));

export const measureWaitingEvents = (count: number): void => each(({ waitingEvents }) => waitingEvents.record(count));

export const measureLookAge = (look: string, lastAt: string, now: string): void =>
  each(({ lookAge }) => {
    const value = since(lastAt, now);
    if (isInterval(value)) lookAge.record(value, { look });
  });

/**
 * The service behind an Azure host name. The host name itself is not used: each vault has its own, and each value of an
 * attribute makes a series of its own.
 */
export type HostKind = 'management' | 'vault' | 'topic' | 'login' | 'logs' | 'other';

export const countThrottled = (host: HostKind): void => each(({ throttled }) => throttled.add(1, { host }));
