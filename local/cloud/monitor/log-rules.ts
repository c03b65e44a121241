import { z } from 'zod';
import { AzureError } from '../arm/error.ts';
import type { AlertResource } from './alerts.ts';
import type { AuditRow } from './audit-log.ts';
import type { FiredAlert } from './fired-alert.ts';
import { isQuery, traceTwinOf, twinOf } from './query-twins.ts';

const criterion = z.object({
  query: z.string(),
  operator: z
    .enum(['Equals', 'GreaterThan', 'GreaterThanOrEqual', 'LessThan', 'LessThanOrEqual'])
    .default('GreaterThan'),
  threshold: z.number().default(0),
  resourceIdColumn: z.string().optional(),
  dimensions: z.array(z.object({ name: z.string() })).default([]),
});
const rule = z.object({
  enabled: z.boolean().default(true),
  description: z.string().default(''),
  severity: z.number().default(3),
  scopes: z.array(z.string()).default([]),
  evaluationFrequency: z.string().default('PT5M'),
  windowSize: z.string().default('PT5M'),
  autoMitigate: z.boolean().default(false),
  criteria: z.object({ allOf: z.array(criterion).min(1) }),
  actions: z.object({ actionGroups: z.array(z.string()).default([]) }).default({ actionGroups: [] }),
});

/** The properties of a log search rule (Microsoft.Insights/scheduledQueryRules, 2023-12-01). */
export type LogRule = z.infer<typeof rule>;

export const logRuleOf = ({ properties }: AlertResource): LogRule | undefined => {
  const read = rule.safeParse(properties);
  return read.success ? read.data : undefined;
};

/** 400 for an invalid rule, or an invalid query. */
export const checkLogRule = (resource: AlertResource): void => {
  const found = logRuleOf(resource);
  if (!found)
    throw new AzureError(400, 'BadRequest', `The alert rule '${resource.name}' has no query in criteria.allOf.`);
  const wrong = found.criteria.allOf.find(({ query }) => !isQuery(query));
  if (wrong) throw new AzureError(400, 'BadRequest', `The query could not be parsed: ${wrong.query.slice(0, 80)}`);
};

/** The reason why a rule never fires here, though Azure might fire it. */
export const whyNever = ({ criteria }: LogRule): string | undefined =>
  criteria.allOf.every(({ query }) => twinOf(query) ?? traceTwinOf(query))
    ? undefined
    : 'its query is none of infra/queries: only those are evaluated here';

/** The frequency is in whole minutes or hours; Azure accepts nothing else. */
export const frequencyMs = ({ evaluationFrequency }: LogRule): number => {
  const [, count = '5', unit = 'M'] = /^PT(\d+)([MH])$/i.exec(evaluationFrequency) ?? [];
  return Number(count) * (unit.toUpperCase() === 'H' ? 3_600_000 : 60_000);
};

const DIMENSIONS: Record<string, (row: AuditRow) => string> = {
  KeyName: ({ key }) => key?.toLowerCase() ?? '',
  Op: ({ operation }) => operation,
  Code: ({ status }) => String(status),
  _ResourceId: ({ vaultId }) => vaultId.toLowerCase(),
};

type Group = { dimensions: { name: string; value: string }[]; rows: AuditRow[] };

const groupsOf = (rows: AuditRow[], { dimensions, resourceIdColumn }: z.infer<typeof criterion>): Group[] => {
  const names = [...new Set([...dimensions.map(({ name }) => name), ...(resourceIdColumn ? [resourceIdColumn] : [])])];
  const valuesOf = (row: AuditRow) => names.map((name) => ({ name, value: DIMENSIONS[name]?.(row) ?? '' }));
  const grouped = Map.groupBy(rows, (row) => JSON.stringify(valuesOf(row)));
  return [...grouped.values()].map((each) => ({ dimensions: each[0] ? valuesOf(each[0]) : [], rows: each }));
};

/**
 * An alert for each combination of dimensions among these rows; the target is the workspace, unless a column names the resource.
 */
export const alertsOf = (resource: AlertResource, found: LogRule, rows: AuditRow[], at: number): FiredAlert[] =>
  found.criteria.allOf.flatMap((one) => {
    const known = twinOf(one.query);
    if (!known) return [];
    const hits = rows.filter((row) => known.twin.finds(row, known.product));
    return groupsOf(hits, one).map(({ dimensions, rows: own }): FiredAlert => {
      const column = dimensions.find(({ name }) => name === one.resourceIdColumn)?.value;
      const windowEndTime = new Date(at).toISOString();
      const windowStartTime = new Date(at - frequencyMs(found)).toISOString();
      const allOf = [
        {
          searchQuery: one.query,
          metricMeasureColumn: null,
          targetResourceTypes: "['Microsoft.OperationalInsights/workspaces']",
          operator: 'GreaterThan',
          threshold: '0',
          timeAggregation: 'Count',
          dimensions,
          metricValue: own.length,
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 },
        },
      ];
      return {
        rule: { id: resource.id, name: resource.name, description: found.description, severity: found.severity },
        signalType: 'Log',
        monitoringService: 'Log Alerts V2',
        targets: column ? [column] : found.scopes,
        configurationItems: dimensions.filter(({ name }) => name === '_ResourceId').map(({ value }) => value),
        origin: JSON.stringify(dimensions),
        at,
        context: {
          properties: {},
          conditionType: 'LogQueryCriteria',
          condition: { windowSize: found.evaluationFrequency, allOf, windowStartTime, windowEndTime },
        },
      };
    });
  });
