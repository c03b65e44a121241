import { z } from 'zod';
import type { SimVerb } from '../service.ts';
import type { Alerting } from './alerting.ts';
import { ALERT_TYPES, type AlertResource, type Alerts } from './alerts.ts';
import { commonPayload } from './fired-alert.ts';

const sending = z.object({ group: z.string(), payload: z.unknown(), times: z.int().min(1).default(1) });
const testing = z.object({ group: z.string() });

const groupNamed = (alerts: Alerts, name: string): AlertResource => {
  const groups = alerts.all().filter(({ type }) => type === ALERT_TYPES.group);
  const found = groups.find((one) => [one.id, one.name].some((known) => known.toLowerCase() === name.toLowerCase()));
  if (found) return found;
  throw new Error(
    `There is no action group '${name}'; there are: ${groups.map((one) => one.name).join(', ') || 'none'}.`,
  );
};

/** The alert that the portal's button Test sends: its resources do not exist. */
const testPayload = (subscription: string, at: number) => {
  const target = `/subscriptions/${subscription}/resourcegroups/test-RG/providers/microsoft.storage/storageaccounts/test-storageAccount`;
  const rule = {
    id: `/subscriptions/${subscription}/resourceGroups/test-RG/providers/microsoft.insights/metricAlerts/test-metricAlertRule`,
    name: 'test-metricAlertRule',
    description: 'Alert rule description',
    severity: 4,
  };
  const context = {
    properties: null,
    conditionType: 'SingleResourceMultipleMetricCriteria',
    condition: { windowSize: 'PT5M', allOf: [] },
  };
  return commonPayload(
    {
      rule,
      signalType: 'Log',
      monitoringService: 'Log Alerts V2',
      targets: [target],
      configurationItems: ['test-storageAccount'],
      origin: 'test',
      at,
      context,
    },
    subscription,
  );
};

/** Verbs that act on alerts from outside of Azure's own API. */
export const alertVerbs = (alerts: Alerts, alerting: Alerting, now: () => number): SimVerb[] => [
  {
    name: 'send-alert',
    title: 'Have an action group send a payload as it is given, with its token and its retries',
    parameters: {
      group: 'name or id of the action group',
      payload: 'the alert as it goes over the wire',
      'times?': 'how many deliveries; 1 when left out',
    },
    run: (input) => {
      const { group, payload, times } = sending.parse(input);
      for (let n = 0; n < times; n++) alerting.sendAsGiven(groupNamed(alerts, group), payload);
      return { group, deliveries: times };
    },
  },
  {
    name: 'test-action-group',
    title: "Press the portal's button Test of an action group: an alert about resources that do not exist",
    parameters: { group: 'name or id of the action group' },
    run: (input) => {
      const found = groupNamed(alerts, testing.parse(input).group);
      alerting.sendAsGiven(found, testPayload(found.id.split('/')[2] ?? '', now()));
      return { group: found.name };
    },
  },
];

const hearing = z.object({
  serviceUri: z.string().startsWith('http'),
  identifierUri: z.string().optional(),
  commonSchema: z.boolean().optional(),
});

export type Hear = (hearing: { serviceUri: string; identifierUri?: string; commonSchema?: boolean }) => AlertResource;

export const hearVerb = (hear: Hear): SimVerb => ({
  name: 'hear-alerts',
  title:
    'Send the audit log of every vault to a workspace, with rules on it, and have an action group tell an endpoint',
  parameters: {
    serviceUri: 'http://127.0.0.1:…/api/alerts?code=…',
    'identifierUri?': 'id URI of the app registration: then it is a secure webhook',
    'commonSchema?': 'whether the common alert schema is on; it is when left out',
  },
  run: (input) => {
    const { serviceUri, identifierUri, commonSchema } = hearing.parse(input);
    const { id } = hear({
      serviceUri,
      ...(identifierUri && { identifierUri }),
      ...(commonSchema !== undefined && { commonSchema }),
    });
    return { actionGroup: id };
  },
});
