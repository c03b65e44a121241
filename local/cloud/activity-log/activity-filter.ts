import { AzureError } from '../arm/error.ts';
import { normalScope } from '../arm/scope.ts';
import type { ArmWrite } from './activity.ts';

type Test = (write: ArmWrite) => boolean;

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** The fields that `eq` may compare. Administrative writes come through the channel of operations. */
const FIELDS: Record<string, (value: string) => Test> = {
  resourceuri: (value) => (write) => normalScope(write.target) === normalScope(value),
  resourceid: (value) => (write) => normalScope(write.target) === normalScope(value),
  resourcegroupname: (value) => (write) =>
    `${write.target}/`.toLowerCase().includes(`/resourcegroups/${value.toLowerCase()}/`),
  resourceprovider: (value) => (write) => same(write.operationName.split('/')[0] ?? '', value),
  correlationid: (value) => (write) => same(write.correlationId, value),
  caller: (value) => (write) =>
    [write.caller.objectId, `${write.caller.name}@contoso.com`].some((each) => same(each, value)),
  status: (value) => (write) => same(write.status, value),
  eventchannels: (value) => () => /operation/i.test(value),
};

const bad = (message: string) => new AzureError(400, 'BadRequest', message);

/** The Azure CLI writes an instant without quotes and without a zone, and means UTC. */
const instantOf = (text: string): number => Date.parse(/(Z|[+-]\d\d:\d\d)$/i.test(text) ? text : `${text}Z`);

/**
 * `$filter` of the activity log (Activity Logs - List, 2015-04-01): `eventTimestamp ge '…'`, and with `and` an end
 * (`le`) and one or more of the fields. A beginning is required and may lie at most 90 days back.
 */
export const parseActivityFilter = (filter: string, now: number): Test => {
  const terms = filter.split(/ and /i).map((term) => term.trim());
  const tests = terms.map(parseTerm);
  const begin = terms.map((term) => /^eventTimestamp ge '?([^']+)'?$/i.exec(term)?.[1]).find(Boolean);
  if (begin === undefined) throw bad("The $filter must begin with eventTimestamp ge '{start time}'.");
  if (now - instantOf(begin) > 90 * 86_400_000) throw bad('The start time cannot be more than 90 days in the past.');
  return (write) => tests.every((test) => test(write));
};

const parseTerm = (term: string): Test => {
  const [, field = '', operator = '', quoted, bare] = /^(\w+) (eq|ge|le) (?:'([^']*)'|([\d:.TZ-]+))$/i.exec(term) ?? [];
  const value = quoted ?? bare ?? '';
  const at = instantOf(value);
  if (same(field, 'eventTimestamp') && !Number.isNaN(at)) {
    if (same(operator, 'ge')) return (write) => write.at >= at;
    if (same(operator, 'le')) return (write) => write.at <= at;
  }
  const test = FIELDS[field.toLowerCase()];
  if (test && same(operator, 'eq')) return test(value);
  throw bad(`The term '${term}' of $filter is not supported.`);
};
