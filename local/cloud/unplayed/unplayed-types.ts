import { AzureError } from '../arm/error.ts';
import { readBody } from '../arm/read-body.ts';
import { parseResourceId } from '../arm/resource-id.ts';
import { guid } from '../draw.ts';
import { customerIdOf } from '../monitor/workspaces.ts';
import type { World } from '../service.ts';
import type { ResourceStore } from '../stored-resources/resource-store.ts';
import type { StoredResource, WrittenResource } from '../stored-resources/stored-resource.ts';
import type { StoredType } from '../stored-resources/stored-type.ts';
import { COMPONENT_BODY, PROCESSING_RULE_BODY, WORKBOOK_BODY, WORKSPACE_BODY } from './unplayed-bodies.ts';

export const WORKSPACE = 'Microsoft.OperationalInsights/workspaces';
const SUCCEEDED = { provisioningState: 'Succeeded' };

/** The time that Azure wrote when the resource was made, and keeps. */
const since = ({ clock }: World, existing: StoredResource | undefined, property: string): string =>
  String(existing?.properties[property] ?? new Date(clock.now()).toISOString());

const added = (resource: StoredResource, properties: Record<string, unknown>): StoredResource => ({
  ...resource,
  properties: { ...resource.properties, ...properties },
});

/** The id by which queries name a workspace. The other parts of this cloud derive the same id from the resource id. */
export const workspaceType = (world: World): StoredType => ({
  type: WORKSPACE,
  apiVersions: ['2020-08-01', '2021-06-01', '2022-10-01', '2023-09-01', '2025-02-01', '2025-07-01'],
  place: 'region',
  patch: 'all',
  read: (body) => readBody(WORKSPACE_BODY, body) as WrittenResource,
  complete: (resource, existing) =>
    added(resource, {
      ...SUCCEEDED,
      customerId: customerIdOf(resource.id),
      createdDate: since(world, existing, 'createdDate'),
      modifiedDate: since(world, undefined, 'modifiedDate'),
    }),
});

const plainRegion = ({ location = '' }: StoredResource): string => location.toLowerCase().replaceAll(' ', '');

export const componentType = (world: World, store: ResourceStore): StoredType => ({
  type: 'Microsoft.Insights/components',
  apiVersions: ['2015-05-01', '2020-02-02'],
  place: 'region',
  patch: 'tags',
  read: (body) => readBody(COMPONENT_BODY, body) as WrittenResource,
  refuse: ({ properties }) => {
    const { WorkspaceResourceId: workspace } = properties as { WorkspaceResourceId?: string };
    if (workspace === undefined || store.get(workspace)) return;
    throw new AzureError(400, 'BadRequest', `The workspace '${workspace}' could not be found.`);
  },
  complete: (resource, existing) => {
    const [key, app] = ['instrumentation', 'application'].map((one) => guid(one, resource.id.toLowerCase()));
    const region = plainRegion(resource);
    const ingestion = `IngestionEndpoint=https://${region}-0.in.applicationinsights.azure.com/`;
    const live = `LiveEndpoint=https://${region}.livediagnostics.monitor.azure.com/`;
    return added(resource, {
      provisioningState: 'Succeeded',
      ApplicationId: resource.name,
      AppId: app,
      Name: resource.name,
      InstrumentationKey: key,
      ConnectionString: `InstrumentationKey=${key};${ingestion};${live};ApplicationId=${app}`,
      // Azure writes the id of the subscription there, in spite of the name.
      TenantId: parseResourceId(resource.id)?.subscription,
      CreationDate: since(world, existing, 'CreationDate'),
    });
  },
});

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const workbookType = (world: World): StoredType => ({
  type: 'Microsoft.Insights/workbooks',
  apiVersions: ['2021-08-01', '2022-04-01', '2023-06-01'],
  place: 'region',
  patch: 'all',
  read: (body) => readBody(WORKBOOK_BODY, body) as WrittenResource,
  refuse: ({ name }) => {
    if (GUID.test(name)) return;
    throw new AzureError(400, 'BadRequest', `The name '${name}' of a workbook must be a GUID.`);
  },
  complete: (resource) =>
    added(resource, {
      timeModified: since(world, undefined, 'timeModified'),
      revision: guid('revision', JSON.stringify(resource)).replaceAll('-', ''),
    }),
});

/** The rule is kept, but no alert is suppressed or sent elsewhere because of it. */
export const processingRuleType = (): StoredType => ({
  type: 'Microsoft.AlertsManagement/actionRules',
  apiVersions: ['2021-08-08'],
  place: 'global',
  patch: 'all',
  read: (body) => readBody(PROCESSING_RULE_BODY, body) as WrittenResource,
});
