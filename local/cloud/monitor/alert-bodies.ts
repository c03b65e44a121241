import { z } from 'zod';
import { TAGS } from '../arm/read-body.ts';
import { writable } from '../stored-resources/writable.ts';

/** Bodies of Microsoft.Insights as its REST reference has them: action groups 2023-01-01, rules 2020-10-01 and 2023-12-01. */
const MADE_BY_AZURE = ['id', 'name', 'type', 'etag', 'systemData'];

const common = { name: z.string(), useCommonAlertSchema: z.boolean().optional() };

const webhookReceiver = writable({
  ...common,
  serviceUri: z.string(),
  useAadAuth: z.boolean().optional(),
  objectId: z.string().optional(),
  identifierUri: z.string().optional(),
  tenantId: z.string().optional(),
});

/** Receivers of types that this cloud does not play are kept with all their properties. */
const otherReceivers = z.array(z.looseObject({ name: z.string() })).default([]);

export const GROUP_BODY = writable(
  {
    location: z.string(),
    tags: TAGS.optional(),
    identity: z.looseObject({ type: z.string() }).optional(),
    properties: writable({
      groupShortName: z.string().min(1).max(12),
      enabled: z.boolean(),
      emailReceivers: z.array(writable({ ...common, emailAddress: z.string() }, ['status'])).default([]),
      smsReceivers: z
        .array(writable({ name: z.string(), countryCode: z.string(), phoneNumber: z.string() }, ['status']))
        .default([]),
      webhookReceivers: z.array(webhookReceiver).default([]),
      armRoleReceivers: z.array(writable({ ...common, roleId: z.string() })).default([]),
      itsmReceivers: otherReceivers,
      azureAppPushReceivers: otherReceivers,
      automationRunbookReceivers: otherReceivers,
      voiceReceivers: otherReceivers,
      logicAppReceivers: otherReceivers,
      azureFunctionReceivers: otherReceivers,
      eventHubReceivers: otherReceivers,
    }),
  },
  MADE_BY_AZURE,
);

const leaf = { field: z.string(), equals: z.string().optional(), containsAny: z.array(z.string()).optional() };
const condition = z.union([z.strictObject({ anyOf: z.array(z.strictObject(leaf)).min(1) }), z.strictObject(leaf)]);

export const ACTIVITY_RULE_BODY = writable(
  {
    location: z.string(),
    tags: TAGS.optional(),
    properties: writable({
      scopes: z.array(z.string()).min(1),
      condition: writable({
        allOf: z
          .array(condition)
          .refine((all) => all.some((one) => 'field' in one && one.field.toLowerCase() === 'category'), {
            error: 'must have a condition on the field category',
          }),
      }),
      actions: writable({
        actionGroups: z
          .array(
            writable({
              actionGroupId: z.string(),
              webhookProperties: z.record(z.string(), z.string()).optional(),
              actionProperties: z.record(z.string(), z.string()).optional(),
            }),
          )
          .default([]),
      }),
      enabled: z.boolean().default(true),
      description: z.string().optional(),
      tenantScope: z.string().optional(),
    }),
  },
  MADE_BY_AZURE,
);

/** A rule on logs is evaluated so often, and looks back so far, and at no other interval. */
const FREQUENCIES = [
  'PT1M',
  'PT5M',
  'PT10M',
  'PT15M',
  'PT30M',
  'PT45M',
  'PT1H',
  'PT2H',
  'PT3H',
  'PT4H',
  'PT5H',
  'PT6H',
  'P1D',
] as const;
const WINDOWS = [...FREQUENCIES, 'P2D'] as const;

const criterion = writable({
  query: z.string(),
  timeAggregation: z.enum(['Average', 'Minimum', 'Maximum', 'Total', 'Count']),
  metricMeasureColumn: z.string().optional(),
  resourceIdColumn: z.string().optional(),
  dimensions: z
    .array(writable({ name: z.string(), operator: z.enum(['Include', 'Exclude']), values: z.array(z.string()) }))
    .default([]),
  operator: z.enum(['Equals', 'GreaterThan', 'GreaterThanOrEqual', 'LessThan', 'LessThanOrEqual']),
  threshold: z.number(),
  failingPeriods: writable({
    numberOfEvaluationPeriods: z.int().min(1).max(6),
    minFailingPeriodsToAlert: z.int().min(1).max(6),
  }).optional(),
  metricName: z.string().optional(),
});

export const LOG_RULE_BODY = writable(
  {
    location: z.string(),
    tags: TAGS.optional(),
    kind: z.enum(['LogAlert', 'LogToMetric']).default('LogAlert'),
    identity: writable(
      {
        type: z.enum(['SystemAssigned', 'UserAssigned', 'None']),
        userAssignedIdentities: z.looseObject({}).optional(),
      },
      ['principalId', 'tenantId'],
    ).optional(),
    properties: writable(
      {
        description: z.string().optional(),
        displayName: z.string().optional(),
        severity: z.int().min(0).max(4).optional(),
        enabled: z.boolean().default(true),
        scopes: z.array(z.string()).length(1),
        evaluationFrequency: z.enum(FREQUENCIES),
        windowSize: z.enum(WINDOWS),
        overrideQueryTimeRange: z.string().optional(),
        targetResourceTypes: z.array(z.string()).optional(),
        criteria: writable({ allOf: z.array(criterion).min(1) }),
        muteActionsDuration: z.string().optional(),
        actions: writable({
          actionGroups: z.array(z.string()).default([]),
          customProperties: z.record(z.string(), z.string()).optional(),
          actionProperties: z.record(z.string(), z.string()).optional(),
        }).default({ actionGroups: [] }),
        autoMitigate: z.boolean().optional(),
        skipQueryValidation: z.boolean().optional(),
        checkWorkspaceAlertsStorageConfigured: z.boolean().optional(),
        ruleResolveConfiguration: writable({ autoResolved: z.boolean(), timeToResolve: z.string() }).optional(),
      },
      ['createdWithApiVersion', 'isLegacyLogAnalyticsRule', 'isWorkspaceAlertsStorageConfigured'],
    ),
  },
  MADE_BY_AZURE,
);
