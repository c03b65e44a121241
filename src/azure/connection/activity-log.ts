import { apiVersion } from '../../remediation/model/api-versions.ts';
import type { Fact } from '../../remediation/model/facts.ts';
import { formatResourceId, parseResourceId, within } from '../../remediation/model/resource-id.ts';
import { readFact } from '../failure/read-fact.ts';
import type { Connection } from './connection.ts';

/** One write through Resource Manager that has succeeded. */
export type Activity = {
  /** ISO 8601. */
  readonly at: string;
  /** `Microsoft.KeyVault/vaults/write`, … */
  readonly operation: string;
  /** Name of a person, or object id of a service principal. */
  readonly caller: string;
  readonly resourceId: string;
  readonly correlationId: string;
};

export type ActivityLog = {
  /**
   * What was written to a resource and to all below it since then (ISO 8601, at most 90 days ago), and before `until` where that is
   * given, oldest first: one ARM call per page. The log lags behind by minutes: that it shows nothing says nothing.
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

/** The log of a resource group is asked and sifted here: `resourceUri` finds a resource, and nothing below it. */
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
