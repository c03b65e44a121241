import { apiVersion } from '../../remediation/model/api-versions.ts';
import type { Fact } from '../../remediation/model/facts.ts';
import { formatResourceId, parseResourceId, within } from '../../remediation/model/resource-id.ts';
import { readFact } from '../failure/read-fact.ts';
import type { Connection } from './connection.ts';

/** One successful write through Resource Manager. */
export type Activity = {
  /** ISO 8601. */
  readonly at: string;
  /** `Microsoft.KeyVault/vaults/write`, … */
  readonly operation: string;
  /** Name of the person, or object id of the service principal. */
  readonly caller: string;
  readonly resourceId: string;
  readonly correlationId: string;
};

export type ActivityLog = {
  /**
   * The writes to a resource and below it since `from` (ISO 8601, at most 90 days ago) and before `until`, if given;
   * oldest first. One ARM call per page. The log lags behind by minutes, so an empty answer proves nothing.
   */
  since(resourceId: string, from: string, until?: string): Promise<Fact<readonly Activity[]>>;
};

/** Activity Logs - List. */
const API = apiVersion('Microsoft.Insights/eventtypes');

type Event = {
  readonly eventTimestamp?: string;
  readonly operationName?: { readonly value?: string };
  readonly status?: { readonly value?: string };
  readonly caller?: string;
  readonly resourceId?: string;
  readonly correlationId?: string;
};

const activityOf = (event: Event): Activity => ({
  at: event.eventTimestamp ?? '',
  operation: event.operationName?.value ?? '',
  caller: event.caller ?? 'somebody',
  resourceId: event.resourceId ?? '',
  correlationId: event.correlationId ?? '',
});

/**
 * The query is for the log of the resource group, filtered here: the filter `resourceUri` finds a resource, but nothing
 * below it.
 */
export const openActivityLog = ({ arm }: Connection): ActivityLog => ({
  since: async (resourceId, from, until) => {
    const { subscriptionId = '', resourceGroup = '' } = parseResourceId(resourceId) ?? {};
    const end = until === undefined ? '' : ` and eventTimestamp le '${until}'`;
    const $filter = `eventTimestamp ge '${from}'${end} and resourceGroupName eq '${resourceGroup}'`;
    const scope = formatResourceId({ subscriptionId });
    const path = `${scope}/providers/Microsoft.Insights/eventtypes/management/values`;
    const listed = await readFact({ what: `the activity log of ${resourceId}`, scope }, async () =>
      (await arm()).list(path, API, { $filter }),
    );
    if (listed.kind !== 'present') return listed;
    const succeeded = (listed.value as readonly Event[]).filter(({ status }) => status?.value === 'Succeeded');
    const activities = succeeded.map(activityOf).filter((one) => within(one.resourceId, resourceId));
    return { kind: 'present', value: activities.toSorted((a, b) => a.at.localeCompare(b.at)) };
  },
});
