import type { World } from '../room.ts';
import { type WebhookReceiver, webhooksOf } from './action-group.ts';
import { fireActivityRules } from './activity-alerts.ts';
import type { AlertResource, Alerts } from './alerts.ts';
import type { AuditLog } from './audit-log.ts';
import { type FiredAlert, payloadFor } from './fired-alert.ts';
import { fireLogRules } from './log-alerts.ts';
import { createReceivers, type Receivers } from './notify-receivers.ts';

/** Alert rules that fire, and the action groups that they tell. */
export type Alerting = {
  receivers: Receivers;
  /** What fired, oldest first. */
  fired(): FiredAlert[];
  /** Has a group send this payload as it is to each of its webhooks. */
  sendAsGiven(group: AlertResource, payload: unknown): void;
};

const subscriptionIn = (id: string): string => id.split('/')[2] ?? '';

export const createAlerting = (world: World, alerts: Alerts, audit: AuditLog): Alerting => {
  const receivers = createReceivers(world);
  const fired: FiredAlert[] = [];
  const webhooks = (groupIds: string[]): { group: string; receiver: WebhookReceiver }[] =>
    groupIds.flatMap((id) => {
      const found = alerts.get(id);
      return found ? webhooksOf(found).map((receiver) => ({ group: found.name, receiver })) : [];
    });
  const fire = (alert: FiredAlert, groupIds: string[]): void => {
    fired.push(alert);
    const subscription = subscriptionIn(alert.rule.id);
    for (const { group, receiver } of webhooks(groupIds))
      receivers.send(group, receiver, payloadFor(alert, subscription, receiver.useCommonAlertSchema));
  };
  fireActivityRules(world, alerts, fire);
  fireLogRules(world, alerts, audit, fire);
  return {
    receivers,
    fired: () => [...fired],
    sendAsGiven: (group, payload) => {
      for (const receiver of webhooksOf(group)) receivers.send(group.name, receiver, payload);
    },
  };
};
