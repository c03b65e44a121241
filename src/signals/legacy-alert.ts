import type { AlertNames, AlertSchema, AlertState } from './alert-reading.ts';
import { objectIn } from './embedded-json.ts';
import { looseFields, looseText } from './loose-fields.ts';

/**
 * Reads alerts without the common schema, which action groups send where that schema is switched off.
 * https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-non-common-schema-definitions
 */

type Fields = ReadonlyMap<string, unknown>;

const STATES: ReadonlyMap<string, AlertState> = new Map([
  ['activated', 'fired'],
  ['fired', 'fired'],
  ['deactivated', 'resolved'],
  ['resolved', 'resolved'],
]);

const within = (fields: Fields, ...path: readonly string[]): Fields =>
  path.reduce((at, name) => looseFields(objectIn(at.get(name))), fields);

const stateOf = (fields: Fields): AlertState => STATES.get((looseText(fields, 'status') ?? '').toLowerCase()) ?? 'none';

const named = (
  schema: AlertSchema,
  state: AlertState,
  targets: readonly unknown[],
  more: { readonly rule?: string | undefined; readonly about?: string | undefined } = {},
): AlertNames => ({
  schema,
  state,
  targets,
  keys: [],
  ...(more.rule !== undefined && { rule: more.rule }),
  ...(more.about !== undefined && { about: more.about }),
});

const metric = (payload: Fields): AlertNames => {
  const context = within(payload, 'data', 'context');
  const rule = looseText(context, 'id', 'name');
  return named('legacyMetric', stateOf(within(payload, 'data')), [context.get('resourceid')], { rule });
};

const classicMetric = (payload: Fields): AlertNames => {
  const context = within(payload, 'context');
  const rule = looseText(context, 'id', 'name');
  return named('classicMetric', stateOf(payload), [context.get('resourceid')], { rule });
};

const activityLog = (payload: Fields): AlertNames => {
  const log = within(payload, 'data', 'context', 'activitylog');
  const scope = within(log, 'authorization').get('scope');
  const isService = looseText(log, 'eventsource')?.toLowerCase().replaceAll(' ', '') === 'servicehealth';
  const ids = [log.get('resourceid'), scope].filter((one) => one !== undefined);
  const about = isService ? 'the health of services' : undefined;
  return named('legacyActivityLog', stateOf(within(payload, 'data')), ids, { about });
};

/** Azure sends this alert only when it fires. An alert of Application Insights names no resource. */
const log = (payload: Fields): AlertNames => {
  const data = payload.has('data') ? within(payload, 'data') : payload;
  const rule = looseText(data, 'alertrulename');
  return data.has('applicationid') && !data.has('resourceid')
    ? named('legacyAppLog', 'fired', [], { rule, about: 'an application' })
    : named('legacyLog', 'fired', [data.get('resourceid')], { rule });
};

const budget = (): AlertNames => named('budget', 'none', [], { about: 'a budget' });

const BY_SCHEMA: ReadonlyMap<string, (payload: Fields) => AlertNames> = new Map([
  ['azuremonitormetricalert', metric],
  ['microsoft.insights/activitylogs', activityLog],
  ['microsoft.insights/logalert', log],
  ['aipbudgetnotification', budget],
]);

const withoutSchema = (payload: Fields): ((payload: Fields) => AlertNames) | undefined => {
  if (payload.has('alertrulename') && payload.has('searchquery')) return log;
  const isClassic = payload.has('status') && within(payload, 'context').has('conditiontype');
  return isClassic ? classicMetric : undefined;
};

/** The names in an alert of a known schema; `undefined` for any other shape. */
export const readLegacy = (payload: Fields): AlertNames | undefined => {
  const schema = looseText(payload, 'schemaid')?.toLowerCase().replaceAll(' ', '');
  const read = schema === undefined ? withoutSchema(payload) : BY_SCHEMA.get(schema);
  return read?.(payload);
};
