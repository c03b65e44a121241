import { parseLooseResourceId, within } from '../remediation/model/resource-id.ts';
import type { AlertNames, AlertState } from './alert-reading.ts';
import { listIn, objectIn } from './embedded-json.ts';
import { looseFields, looseText } from './loose-fields.ts';

/** Reads the common alert schema. https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-common-schema */

type Fields = ReadonlyMap<string, unknown>;

/** Dimensions in which rules over many resources, and rules of a workspace, name the resource. */
const RESOURCE_DIMENSIONS = new Set(['_resourceid', 'resourceid', 'microsoft.resourceid']);
/** Columns of the audit log of a vault that name a key, with the columns of the product's own queries. */
const KEY_DIMENSIONS = new Set(['keyname', 'objectname', 'keyid', 'id_s', 'requesturi_s', 'uri', 'requesturi', 'id']);

const STATES: ReadonlyMap<string, AlertState> = new Map([
  ['fired', 'fired'],
  ['resolved', 'resolved'],
]);

/** The most dimensions that are read: Azure has at most six for each condition. */
const MOST_DIMENSIONS = 200;

/**
 * The names and values of a dimension. It is an object with the members `name` and `value`, or an object of which each member is
 * one dimension.
 */
const namedValues = (dimension: unknown): readonly Fields[] => {
  const fields = looseFields(objectIn(dimension));
  return fields.has('name')
    ? [fields]
    : [...fields].map(
        ([name, value]) =>
          new Map<string, unknown>([
            ['name', name],
            ['value', value],
          ]),
      );
};

const dimensionsOf = (context: Fields): readonly Fields[] => {
  const conditions = listIn(looseFields(objectIn(context.get('condition'))).get('allof'));
  return [context, ...conditions.slice(0, MOST_DIMENSIONS).map((one) => looseFields(objectIn(one)))]
    .flatMap((one) => listIn(one.get('dimensions')).slice(0, MOST_DIMENSIONS))
    .flatMap(namedValues)
    .slice(0, MOST_DIMENSIONS);
};

const valuesOf = (dimensions: readonly Fields[], names: ReadonlySet<string>): readonly unknown[] =>
  dimensions
    .filter((one) => names.has((looseText(one, 'name') ?? '').toLowerCase()))
    .flatMap((one) => listIn(one.get('value')).slice(0, MOST_DIMENSIONS));

const isId = (value: unknown): value is string =>
  typeof value === 'string' && parseLooseResourceId(value) !== undefined;

const agree = (one: string, other: string): boolean => {
  const [a, b] = [parseLooseResourceId(one)?.id ?? '', parseLooseResourceId(other)?.id ?? ''];
  return within(a, b) || within(b, a);
};

/**
 * The scope of the authorization, and the dimension that a metric rule over many resources adds, must repeat a target or a part
 * of it.
 */
const contradictionIn = (targets: readonly unknown[], repeated: readonly unknown[]): string | undefined => {
  const ids = targets.filter(isId);
  const stranger = repeated.filter(isId).find((id) => ids.length > 0 && !ids.some((target) => agree(id, target)));
  return stranger === undefined
    ? undefined
    : 'its alertTargetIDs and what it says beside them name different resources';
};

const isWorkspace = (value: unknown): boolean =>
  isId(value) && parseLooseResourceId(value)?.type === 'microsoft.operationalinsights/workspaces';

const aboutOf = (essentials: Fields, context: Fields, targets: readonly unknown[]): string | undefined => {
  const service = (looseText(essentials, 'monitoringservice') ?? '').toLowerCase().replaceAll(' ', '');
  if (service === 'costalerts' || context.has('alertdata')) return 'a budget';
  if (service === 'servicehealth') return 'the health of services';
  return targets.length > 0 && targets.every(isWorkspace)
    ? 'a workspace alone: split the rule by _ResourceId (resourceIdColumn), so that its alerts name the vault'
    : undefined;
};

export const isCommon = (payload: Fields): boolean => {
  const schema = looseText(payload, 'schemaid')?.toLowerCase();
  return schema === undefined
    ? looseFields(objectIn(looseFields(objectIn(payload.get('data'))).get('essentials'))).has('monitorcondition')
    : schema === 'azuremonitorcommonalertschema';
};

export const readCommon = (payload: Fields): AlertNames => {
  const data = looseFields(objectIn(payload.get('data')));
  const essentials = looseFields(objectIn(data.get('essentials')));
  const context = looseFields(objectIn(data.get('alertcontext')));
  const dimensions = dimensionsOf(context);
  const targets = listIn(essentials.get('alerttargetids'));
  const scope = looseFields(objectIn(context.get('authorization'))).get('scope');
  const ofMetric = valuesOf(dimensions, new Set(['microsoft.resourceid']));
  const contradiction = contradictionIn(targets, [scope, ...ofMetric]);
  const rule = looseText(essentials, 'alertrule', 'alertruleid');
  const alertId = looseText(essentials, 'alertid');
  const about = aboutOf(essentials, context, targets);
  return {
    schema: 'common',
    state: STATES.get((looseText(essentials, 'monitorcondition') ?? '').toLowerCase()) ?? 'none',
    targets: [
      ...targets,
      ...listIn(scope),
      ...valuesOf(dimensions, RESOURCE_DIMENSIONS),
      // Configuration items are names; in rules of a workspace they are ids of the resources in the dimensions.
      ...listIn(essentials.get('configurationitems')).filter(isId),
    ],
    keys: valuesOf(dimensions, KEY_DIMENSIONS),
    ...(rule !== undefined && { rule }),
    ...(alertId !== undefined && { alertId }),
    ...(contradiction !== undefined && { contradiction }),
    ...(about !== undefined && { about }),
  };
};
