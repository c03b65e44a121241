import type { HarmTold, Message, MessageKind } from './message.ts';

/** Where messages go, and which. `url` and `key` are secrets: they are in no log, no message and no row. */
export type MessageTarget = {
  readonly name: string;
  readonly channel: 'teams' | 'slack' | 'pagerduty' | 'cloudevents';
  readonly url: string;
  readonly key: string;
  /** None: all. */
  readonly kinds: readonly MessageKind[];
  /** Nothing that harms less. */
  readonly harm?: Exclude<HarmTold, 'none'>;
  /** None: all. What concerns no resource or nobody goes only to targets that name none. */
  readonly scopes: readonly string[];
  readonly owners: readonly string[];
};

const RANK: Readonly<Record<HarmTold, number>> = { down: 2, threatened: 1, none: 0 };

const isIn = (id: string, scope: string): boolean => {
  const [one, whole] = [id.toLowerCase(), scope.toLowerCase().replace(/\/$/, '')];
  return one === whole || one.startsWith(`${whole}/`);
};

const isSame = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();

/** Whom it concerns is among whom the target is for. */
const concerns = ({ scopes, owners }: MessageTarget, message: Message): boolean =>
  (scopes.length === 0 || message.touches.some((id) => scopes.some((scope) => isIn(id, scope)))) &&
  (owners.length === 0 || message.owners.some((one) => owners.some((owner) => isSame(one, owner))));

/** A summary and an alert of the product itself harm nobody in particular, and are not filtered by harm. */
const isBadEnough = ({ harm }: MessageTarget, message: Message): boolean =>
  harm === undefined || message.kind === 'summary' || message.kind === 'alert' || RANK[message.harm] >= RANK[harm];

/** Whether this message goes to it. That something is over does also where its beginning went, which is not asked here. */
export const isFor = (target: MessageTarget, message: Message): boolean =>
  (target.kinds.length === 0 || target.kinds.includes(message.kind)) &&
  isBadEnough(target, message) &&
  concerns(target, message);
