import type { ImpactTold, Message, MessageKind } from './message.ts';

/**
 * A receiver of messages, with the filter of its messages. `url` and `key` are secrets: they are in no log, no message
 * and no row.
 */
export type MessageTarget = {
  readonly name: string;
  readonly channel: 'teams' | 'slack' | 'pagerduty' | 'cloudevents';
  readonly url: string;
  readonly key: string;
  /** Empty: all kinds. */
  readonly kinds: readonly MessageKind[];
  /** The least impact of a message for this target. */
  readonly impact?: Exclude<ImpactTold, 'none'>;
  /** Empty: all scopes. A message without a resource or owner goes only to targets that name no scope or owner. */
  readonly scopes: readonly string[];
  readonly owners: readonly string[];
};

const RANK: Readonly<Record<ImpactTold, number>> = { down: 2, threatened: 1, none: 0 };

const isIn = (id: string, scope: string): boolean => {
  const [one, whole] = [id.toLowerCase(), scope.toLowerCase().replace(/\/$/, '')];
  return one === whole || one.startsWith(`${whole}/`);
};

const isSame = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();

/** Whether the message concerns a scope of the target and an owner of the target, as far as the target names any. */
const concerns = ({ scopes, owners }: MessageTarget, message: Message): boolean =>
  (scopes.length === 0 || message.touches.some((id) => scopes.some((scope) => isIn(id, scope)))) &&
  (owners.length === 0 || message.owners.some((one) => owners.some((owner) => isSame(one, owner))));

/**
 * A summary, and an alert about the product itself, affect no consumer in particular: the filter by impact does not apply
 * to them.
 */
const isBadEnough = ({ impact }: MessageTarget, message: Message): boolean =>
  impact === undefined || message.kind === 'summary' || message.kind === 'alert' || RANK[message.harm] >= RANK[impact];

/**
 * Whether the target gets this message. A message about an end also goes to the targets of the first message; this
 * function does not check that.
 */
export const isFor = (target: MessageTarget, message: Message): boolean =>
  (target.kinds.length === 0 || target.kinds.includes(message.kind)) &&
  isBadEnough(target, message) &&
  concerns(target, message);
