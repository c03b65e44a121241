import type { AlertRule } from '../../posture/facts.ts';
import { type Fact, present } from '../../remediation/model/facts.ts';
import type { GraphRow, ResourceGraph } from '../connection/resource-graph.ts';

const QUERY = `resources
| where type in~ ('microsoft.insights/activitylogalerts', 'microsoft.insights/actiongroups')
| project id, type = tolower(type), properties
| order by id asc`;

type Condition = { readonly field?: string; readonly equals?: string };
type Rule = {
  readonly enabled?: boolean;
  readonly scopes?: readonly string[];
  readonly condition?: { readonly allOf?: readonly Condition[] };
  readonly actions?: { readonly actionGroups?: readonly { readonly actionGroupId?: string }[] };
};
type Receivers = Readonly<Record<string, readonly unknown[] | undefined>>;
type Receiver = AlertRule['receivers'][number];

const MACHINES = ['webhookReceivers', 'azureFunctionReceivers', 'eventHubReceivers', 'logicAppReceivers'];
const PEOPLE = ['emailReceivers', 'smsReceivers', 'voiceReceivers', 'azureAppPushReceivers', 'armRoleReceivers'];

const has = (group: Receivers, names: readonly string[]): boolean =>
  names.some((name) => (group[name]?.length ?? 0) > 0);

const receiversOf = (group: Receivers): readonly Receiver[] => [
  ...(has(group, MACHINES) ? (['webhook'] as const) : []),
  ...(has(group, PEOPLE) ? (['person'] as const) : []),
];

const ruleOf = ({ id, properties }: GraphRow, groups: ReadonlyMap<string, Receivers>): AlertRule => {
  const { enabled = false, scopes = [], condition, actions } = properties as Rule;
  const ids = (actions?.actionGroups ?? []).map(({ actionGroupId = '' }) => actionGroupId.toLowerCase());
  const conditions = condition?.allOf ?? [];
  return {
    id,
    enabled,
    scopes: scopes.map((scope) => scope.toLowerCase()),
    categories: conditions.filter(({ field }) => field === 'category').map(({ equals = '' }) => equals.toLowerCase()),
    receivers: [...new Set(ids.flatMap((one) => receiversOf(groups.get(one) ?? {})))],
  };
};

/** Alert rules on the activity log, with the kinds of receivers of their action groups: one query. */
export const readAlerts = async (graph: ResourceGraph): Promise<Fact<readonly AlertRule[]>> => {
  const rows = await graph.query('alert rules', QUERY);
  if (rows.kind !== 'present') return rows;
  const isGroup = ({ type }: GraphRow) => String(type).endsWith('/actiongroups');
  const groups = new Map(
    rows.value.filter(isGroup).map(({ id, properties }) => [id.toLowerCase(), properties as Receivers]),
  );
  return present(rows.value.filter((row) => !isGroup(row)).map((row) => ruleOf(row, groups)));
};
