import { type App, type AppPlan, DAY, HOUR, MINUTE, NOW } from '../../builders/app.ts';
import {
  expireKey,
  expiryOf,
  flexible,
  happenedAt,
  isDown,
  keyVersion,
  orders,
  serves,
  single,
} from '../../builders/incident.ts';

/** Something that can be seen in the world, and when it came about (ms since epoch). */
type Moment = { readonly what: string; holds(app: App): boolean; at(app: App): number | undefined };

/** A story that must end the same for every way to wake the product. */
export type Story = Pick<AppPlan, 'world' | 'subscribed' | 'schema' | 'switches'> & {
  readonly name: string;
  /** Why Azure emits no event for it. */
  readonly noEvent?: string;
  /** The act of a person after a healthy quarter of an hour; left out where only time has to pass. */
  breaks?(app: App): void;
  readonly lost: Moment;
  readonly healed: Moment;
  /** The changes for the server's clients at the end. */
  readonly clients: { readonly server: string; readonly history: readonly string[] };
};

/** Events are late, so that the servers are down when the product gets the event of the loss. */
const LATE_EVENTS = { eventDelaySeconds: 300 };
const LOST_AND_BACK = { server: 'orders', history: ['keyLost', 'refused', 'ready'] };

const isLost: Moment = {
  what: 'orders is down',
  holds: (app) => isDown(app, 'orders'),
  at: (app) => happenedAt(app, 'orders', 'refused'),
};
const isBack: Moment = {
  what: 'orders serves again',
  holds: (app) => serves(app, 'orders'),
  at: (app) => happenedAt(app, 'orders', 'ready'),
};

const since = (what: string, instant: number): Moment => ({
  what,
  holds: ({ clock }) => clock.now() >= instant,
  at: () => instant,
});

const isExtended: Moment = {
  what: 'the key is extended',
  holds: (app) => expiryOf(app) > app.clock.now() + 300 * DAY,
  at: (app) => keyVersion(app).updatedAt,
};

const nearExpiry = NOW.getTime() + 17 * MINUTE;
const broken = NOW.getTime() + 15 * MINUTE;

export const STORIES: readonly Story[] = [
  {
    name: 'single server, pinned version expired',
    world: orders([single('orders')]),
    switches: LATE_EVENTS,
    breaks: expireKey,
    lost: isLost,
    healed: isBack,
    clients: LOST_AND_BACK,
  },
  {
    name: 'the same in a vault with roles, CloudEvents',
    world: orders([single('orders')], {}, 'roles'),
    schema: 'CloudEventSchemaV1_0',
    switches: LATE_EVENTS,
    breaks: expireKey,
    lost: isLost,
    healed: isBack,
    clients: LOST_AND_BACK,
  },
  {
    name: 'the same, subscribed after the key was made',
    world: orders([single('orders')]),
    subscribed: 'after the keys',
    noEvent: 'the version is older than the subscription',
    breaks: expireKey,
    lost: isLost,
    healed: isBack,
    clients: LOST_AND_BACK,
  },
  {
    name: 'near expiry, before anything breaks',
    world: orders([single('orders')], { expiresInDays: (30 * DAY + 17 * MINUTE) / DAY }),
    lost: since('the expiry is near', nearExpiry),
    healed: isExtended,
    clients: { server: 'orders', history: [] },
  },
  {
    name: 'single server on version 1 while 2 is current',
    world: orders([single('orders', 1)], { versions: 2 }),
    noEvent: 'events are for the current version only',
    breaks: (app) => expireKey(app, 1),
    lost: isLost,
    healed: isBack,
    clients: LOST_AND_BACK,
  },
  {
    name: 'flexible server, version expired, never down',
    world: orders([flexible('web')]),
    breaks: expireKey,
    lost: since('the key has expired', broken),
    healed: isExtended,
    clients: { server: 'web', history: [] },
  },
];

export const BEFORE = 15 * MINUTE;
export const PATIENCE = HOUR;
