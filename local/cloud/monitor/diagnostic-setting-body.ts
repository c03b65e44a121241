import { z } from 'zod';
import { readBody } from '../arm/read-body.ts';
import type { DiagnosticSetting } from './diagnostic-settings.ts';

export const SETTINGS = 'Microsoft.Insights/diagnosticSettings';

const text = z.string().nullish();
const retention = z.strictObject({ enabled: z.boolean(), days: z.int().min(0) }).nullish();
const category = z
  .strictObject({
    category: text,
    categoryGroup: text,
    enabled: z.boolean(),
    timeGrain: text,
    retentionPolicy: retention,
  })
  .transform(({ retentionPolicy: _ended, ...rest }) => rest);
const categories = z.array(category).nullish();

const settingPut = z.object({
  properties: z.strictObject({
    workspaceId: text,
    storageAccountId: text,
    eventHubAuthorizationRuleId: text,
    eventHubName: text,
    marketplacePartnerId: text,
    logAnalyticsDestinationType: z.enum(['Dedicated', 'AzureDiagnostics']).nullish(),
    logs: categories,
    metrics: categories,
  }),
});

type Given<T> = { [K in keyof T]: Exclude<T[K], null> };

const given = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as Given<T>;

/** The setting that a PUT asks for, or 400 with every fault named. */
export const settingOf = (scope: string, name: string, body: unknown): DiagnosticSetting => {
  const { logs, metrics, ...sinks } = readBody(settingPut, body).properties;
  return { scope, name, ...given(sinks), logs: (logs ?? []).map(given), metrics: (metrics ?? []).map(given) };
};

/** A setting as ARM shows it. */
export const settingBody = ({ scope, name, ...properties }: DiagnosticSetting) => ({
  id: `${scope}/providers/${SETTINGS}/${name}`,
  type: SETTINGS,
  name,
  properties,
});
