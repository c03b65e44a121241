import { guid } from '../draw.ts';

/** The content of a fired alert: the fields of the common alert schema that differ from rule to rule. */
export type FiredAlert = {
  rule: { id: string; name: string; description: string; severity: number };
  signalType: 'Activity Log' | 'Log';
  monitoringService: 'Activity Log - Administrative' | 'ResourceHealth' | 'Log Alerts V2';
  targets: string[];
  configurationItems: string[];
  /** The id of this firing among those of its rule. */
  origin: string;
  at: number;
  /** `Fired` when left out. */
  condition?: 'Resolved';
  context: Record<string, unknown>;
};

/** The common alert schema. https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-common-schema */
export const commonPayload = (alert: FiredAlert, subscription: string) => {
  const {
    rule,
    signalType,
    monitoringService,
    targets,
    configurationItems,
    origin,
    at,
    condition = 'Fired',
    context,
  } = alert;
  const id = guid('alert', rule.id.toLowerCase(), origin, at);
  return {
    schemaId: 'azureMonitorCommonAlertSchema',
    data: {
      essentials: {
        alertId: `/subscriptions/${subscription}/providers/Microsoft.AlertsManagement/alerts/${id}`,
        alertRule: rule.name,
        alertRuleID: rule.id,
        severity: `Sev${rule.severity}`,
        signalType,
        monitorCondition: condition,
        monitoringService,
        alertTargetIDs: targets.map((target) => target.toLowerCase()),
        configurationItems,
        originAlertId: origin,
        firedDateTime: new Date(at).toISOString(),
        ...(condition === 'Resolved' && { resolvedDateTime: new Date(at).toISOString() }),
        description: rule.description,
        essentialsVersion: '1.0',
        alertContextVersion: '1.0',
      },
      alertContext: context,
      customProperties: null,
    },
  };
};

/**
 * The older shape of the activity log. Log search rules of 2020 and later have the common schema alone, whatever the receiver
 * chose.
 */
const legacyPayload = ({ context, targets: [resourceId] }: FiredAlert, subscriptionId: string) => ({
  schemaId: 'Microsoft.Insights/activityLogs',
  data: { status: 'Activated', context: { activityLog: { ...context, resourceId, subscriptionId } }, properties: {} },
});

export const payloadFor = (alert: FiredAlert, subscription: string, common: boolean) =>
  common || alert.signalType === 'Log' ? commonPayload(alert, subscription) : legacyPayload(alert, subscription);

/** Sends the alert to the action groups of these ids. */
export type Fire = (alert: FiredAlert, groupIds: string[]) => void;
