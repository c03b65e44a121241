import { z } from 'zod';
import { TAGS } from '../arm/read-body.ts';
import { writable } from '../stored-resources/writable.ts';

const MADE_BY_AZURE = ['id', 'name', 'type', 'systemData'];
const access = z.enum(['Enabled', 'Disabled', 'SecuredByPerimeter']).optional();
const identity = writable(
  {
    type: z.enum(['SystemAssigned', 'UserAssigned', 'SystemAssigned, UserAssigned', 'None']),
    userAssignedIdentities: z.looseObject({}).optional(),
  },
  ['principalId', 'tenantId'],
).optional();
const base = { location: z.string(), tags: TAGS.optional(), etag: z.string().optional() };

/** `Workspace` of Microsoft.OperationalInsights 2025-02-01 (@azure/arm-operationalinsights 11, azure-rest-api-specs). */
export const WORKSPACE_BODY = writable(
  {
    ...base,
    identity,
    properties: writable(
      {
        sku: writable(
          {
            name: z.enum([
              'Free',
              'Standard',
              'Premium',
              'PerNode',
              'PerGB2018',
              'Standalone',
              'CapacityReservation',
              'LACluster',
            ]),
            capacityReservationLevel: z.int().optional(),
          },
          ['lastSkuUpdate'],
        ).default({ name: 'PerGB2018' }),
        retentionInDays: z.int().min(7).max(730).default(30),
        workspaceCapping: writable(
          {
            dailyQuotaGb: z.number().refine((quota) => quota === -1 || quota >= 0.023, 'must be -1 or at least 0.023'),
          },
          ['quotaNextResetTime', 'dataIngestionStatus'],
        ).optional(),
        publicNetworkAccessForIngestion: access,
        publicNetworkAccessForQuery: access,
        forceCmkForQuery: z.boolean().optional(),
        features: z
          .looseObject({
            enableDataExport: z.boolean().optional(),
            immediatePurgeDataOn30Days: z.boolean().optional(),
            enableLogAccessUsingOnlyResourcePermissions: z.boolean().optional(),
            clusterResourceId: z.string().optional(),
            disableLocalAuth: z.boolean().optional(),
          })
          .optional(),
        defaultDataCollectionRuleResourceId: z.string().optional(),
        replication: writable({ enabled: z.boolean().optional(), location: z.string().optional() }, [
          'provisioningState',
          'createdDate',
          'lastModifiedDate',
        ]).optional(),
      },
      ['provisioningState', 'customerId', 'createdDate', 'modifiedDate', 'privateLinkScopedResources'],
    ).default({ sku: { name: 'PerGB2018' }, retentionInDays: 30 }),
  },
  MADE_BY_AZURE,
);

const RETENTIONS = [30, 60, 90, 120, 180, 270, 365, 550, 730];

/** `ApplicationInsightsComponent` of Microsoft.Insights 2020-02-02 (@azure/arm-appinsights 4). */
export const COMPONENT_BODY = writable(
  {
    ...base,
    kind: z.string(),
    properties: writable(
      {
        Application_Type: z.enum(['web', 'other']),
        Flow_Type: z.literal('Bluefield').optional(),
        Request_Source: z.string().optional(),
        HockeyAppId: z.string().optional(),
        SamplingPercentage: z.number().min(0).max(100).optional(),
        RetentionInDays: z
          .int()
          .refine((days) => RETENTIONS.includes(days), `must be one of ${RETENTIONS}`)
          .default(90),
        DisableIpMasking: z.boolean().optional(),
        ImmediatePurgeDataOn30Days: z.boolean().optional(),
        WorkspaceResourceId: z.string().optional(),
        publicNetworkAccessForIngestion: access,
        publicNetworkAccessForQuery: access,
        IngestionMode: z
          .enum(['ApplicationInsights', 'ApplicationInsightsWithDiagnosticSettings', 'LogAnalytics'])
          .optional(),
        DisableLocalAuth: z.boolean().optional(),
        ForceCustomerStorageForProfiler: z.boolean().optional(),
      },
      [
        ...['ApplicationId', 'AppId', 'Name', 'InstrumentationKey', 'ConnectionString', 'CreationDate', 'TenantId'],
        ...['HockeyAppToken', 'provisioningState', 'PrivateLinkScopedResources', 'LaMigrationDate', 'Ver'],
      ],
    ),
  },
  MADE_BY_AZURE,
);

const isJson = (text: string): boolean => {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
};

/** `Workbook` of Microsoft.Insights 2023-06-01. */
export const WORKBOOK_BODY = writable(
  {
    ...base,
    kind: z.literal('shared').optional(),
    identity,
    properties: writable(
      {
        displayName: z.string().min(1),
        serializedData: z.string().refine(isJson, 'must be JSON'),
        category: z.string(),
        version: z.string().optional(),
        sourceId: z.string().optional(),
        storageUri: z.string().optional(),
        description: z.string().optional(),
        tags: z.array(z.string()).optional(),
      },
      ['timeModified', 'userId', 'revision'],
    ),
  },
  MADE_BY_AZURE,
);

const RULE_FIELDS = [
  'Severity',
  'MonitorService',
  'MonitorCondition',
  'SignalType',
  'TargetResourceType',
  'TargetResource',
  'TargetResourceGroup',
  'AlertRuleId',
  'AlertRuleName',
  'Description',
  'AlertContext',
] as const;

const condition = writable({
  field: z.enum(RULE_FIELDS),
  operator: z.enum(['Equals', 'NotEquals', 'Contains', 'DoesNotContain']),
  values: z.array(z.string()).min(1),
});

/** `2026-11-29T00:00:00` in the zone of the schedule, by its name in Windows. */
const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/, 'must be a time without a zone');

/** `AlertProcessingRule` of Microsoft.AlertsManagement 2021-08-08. */
export const PROCESSING_RULE_BODY = writable(
  {
    ...base,
    properties: writable({
      scopes: z.array(z.string()).min(1),
      conditions: z.array(condition).optional(),
      schedule: writable({
        effectiveFrom: instant.optional(),
        effectiveUntil: instant.optional(),
        timeZone: z.string().default('UTC'),
        recurrences: z.array(z.looseObject({ recurrenceType: z.enum(['Daily', 'Weekly', 'Monthly']) })).optional(),
      }).optional(),
      actions: z
        .array(
          z.discriminatedUnion('actionType', [
            z.strictObject({ actionType: z.literal('RemoveAllActionGroups') }),
            z.strictObject({ actionType: z.literal('AddActionGroups'), actionGroupIds: z.array(z.string()).min(1) }),
          ]),
        )
        .min(1),
      description: z.string().optional(),
      enabled: z.boolean().default(true),
    }),
  },
  MADE_BY_AZURE,
);
