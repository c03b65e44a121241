import type { World } from '../service.ts';
import { emailsOf, type WebhookReceiver, webhooksOf } from './action-group.ts';
import { fireActivityRules } from './activity-alerts.ts';
import type { AlertResource, Alerts } from './alerts.ts';
import type { AuditLog } from './audit-log.ts';
import { type FiredAlert, payloadFor } from './fired-alert.ts';
import { fireLogRules } from './log-alerts.ts';
import { createReceivers, type Receivers } from './notify-receivers.ts';
import { fireTraceRules } from './trace-alerts.ts';
import type { Traces } from './traces.ts';

/** A mail that an action group has written. */
export type Mail = { at: number; address: string; rule: string; condition: 'Fired' | 'Resolved' };

/** Alert rules that fire, and the action groups that they call. */
export type Alerting = {
  receivers: Receivers;
  /** The fired alerts, oldest first. */
  fired(): FiredAlert[];
  /** The mails to people, oldest first. */
  mails(): Mail[];
  /** Has a group send this payload as it is to each of its webhooks. */
  sendAsGiven(group: AlertResource, payload: unknown): void;
};

/** The logs that rules search. */
export type Logs = { audit: AuditLog; traces: Traces };

const subscriptionIn = (id: string): string => id.split('/')[2] ?? '';

export const createAlerting = (world: World, alerts: Alerts, { audit, traces }: Logs): Alerting => {
  const receivers = createReceivers(world);
  const fired: FiredAlert[] = [];
  const mails: Mail[] = [];
  const webhooks = (groupIds: string[]): { group: string; receiver: WebhookReceiver }[] =>
    groupIds.flatMap((id) => {
      const found = alerts.get(id);
      return found ? webhooksOf(found).map((receiver) => ({ group: found.name, receiver })) : [];
    });
  const fire = (alert: FiredAlert, groupIds: string[]): void => {
    fired.push(alert);
    const subscription = subscriptionIn(alert.rule.id);
    const { at, condition = 'Fired', rule } = alert;
    const groups = groupIds.flatMap((id) => alerts.get(id) ?? []);
    for (const { emailAddress: address } of groups.flatMap(emailsOf))
      mails.push({ at, address, rule: rule.name, condition });
    for (const { group, receiver } of webhooks(groupIds))
      receivers.send(group, receiver, payloadFor(alert, subscription, receiver.useCommonAlertSchema));
  };
  fireActivityRules(world, alerts, fire);
  fireLogRules(world, alerts, audit, fire);
  fireTraceRules(world, alerts, traces, fire);
  return {
    receivers,
    fired: () => [...fired],
    mails: () => [...mails],
    sendAsGiven: (group, payload) => {
      for (const receiver of webhooksOf(group)) receivers.send(group.name, receiver, payload);
    },
  };
};
