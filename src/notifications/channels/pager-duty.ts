import type { Message } from '../message.ts';
import { bytesOf, cut, plain } from '../plain.ts';
import { fitting } from '../shortened.ts';
import { MANUAL, manualOf, sectionsOf } from './sections.ts';

/**
 * Limits of Events API v2 (developer.pagerduty.com/docs/send-alert-event): the size of an event, of its summary, and of
 * its key.
 */
const MOST_BYTES = 512_000;
const SUMMARY = 1_024;

const SEVERITIES = { down: 'critical', threatened: 'error', none: 'warning' } as const;

type Action = 'trigger' | 'acknowledge' | 'resolve';

/**
 * A repair that runs by itself wakes nobody: its message only acknowledges an alert that was sent before. A summary
 * sends no event.
 */
const ACTIONS: Readonly<Record<Message['kind'], Action | 'nothing'>> = {
  ask: 'trigger',
  report: 'trigger',
  unseen: 'trigger',
  alert: 'trigger',
  run: 'acknowledge',
  healthy: 'resolve',
  summary: 'nothing',
};

type Payload = {
  readonly summary: string;
  readonly source: string;
  readonly severity: (typeof SEVERITIES)[keyof typeof SEVERITIES];
  readonly timestamp: string;
  readonly component: string;
  readonly group: string;
  readonly class: string;
  readonly custom_details: Readonly<Record<string, unknown>>;
};

export type PagerDutyEvent = {
  readonly routing_key: string;
  readonly event_action: Action;
  readonly dedup_key: string;
  readonly client?: 'CMK Guardian';
  readonly client_url?: string;
  readonly payload?: Payload;
  readonly links?: readonly { readonly href: string; readonly text: string }[];
};

type Origin = { readonly routingKey: string; readonly source: string };

const details = (message: Message): Readonly<Record<string, unknown>> => ({
  ...Object.fromEntries(sectionsOf(message).map(({ heading, lines }) => [heading, lines])),
  [MANUAL]: manualOf(message),
});

const payloadOf = (message: Message, source: string): Payload => ({
  summary: cut(plain(message.title), SUMMARY),
  source: cut(source, 255),
  severity: message.kind === 'alert' ? 'critical' : SEVERITIES[message.harm],
  timestamp: message.at,
  component: cut(plain(message.harmed[0]?.name ?? message.key ?? 'the product'), 255),
  group: 'customer-managed keys',
  class: message.kind,
  custom_details: details(message),
});

const trigger =
  ({ routingKey, source }: Origin, dedupKey: string) =>
  (message: Message): PagerDutyEvent => ({
    routing_key: routingKey,
    event_action: 'trigger',
    dedup_key: dedupKey,
    client: 'CMK Guardian',
    ...(message.link !== undefined && {
      client_url: message.link,
      links: [{ href: message.link, text: 'Open the page to look and answer' }],
    }),
    payload: payloadOf(message, source),
  });

const plainEvent = (routingKey: string, action: Action, dedupKey: string): PagerDutyEvent => ({
  routing_key: routingKey,
  event_action: action,
  dedup_key: dedupKey,
});

/**
 * The events of one message, in order. Root causes that are over are resolved. The first root cause that stands is
 * triggered or acknowledged, and its key stays the same however often it is told. A message that is sent twice is the
 * same alert.
 */
export const pagerDutyEvents = (message: Message, origin: Origin): readonly PagerDutyEvent[] => {
  const action = ACTIONS[message.kind];
  if (action === 'nothing') return [];
  const resolved = message.over.map((thread) => plainEvent(origin.routingKey, 'resolve', thread));
  if (action === 'resolve') return resolved;
  const [thread = message.id] = message.threads;
  if (action === 'acknowledge') return [...resolved, plainEvent(origin.routingKey, action, thread)];
  return [...resolved, fitting(message, trigger(origin, thread), (event) => bytesOf(event) <= MOST_BYTES)];
};
