import type { ResourceSummary } from '../service.ts';
import { AzureError } from './error.ts';

const term = /^(resourceType|name|location|resourceGroup) (eq|ne) '([^']*)'$/i;

const propertyOf = (resource: ResourceSummary, property: string): string => {
  if (property === 'resourcetype') return resource.type;
  if (property === 'resourcegroup') return resource.id.split('/')[4] ?? '';
  return property === 'name' ? resource.name : resource.location;
};

/**
 * `$filter` of the generic resource list: `resourceType eq '…'`, also `name`, `location`, `resourceGroup`, with `ne`,
 * joined by `and` or by `or`, not by both (Microsoft Learn, Resources - List).
 */
export const filteredResources = (resources: ResourceSummary[], filter: string): ResourceSummary[] => {
  if (filter.trim() === '') return resources;
  const joiner = / or /i.test(filter) ? 'or' : 'and';
  const tests = filter.split(new RegExp(` ${joiner} `, 'i')).map(parseTerm);
  return resources.filter((each) =>
    joiner === 'or' ? tests.some((test) => test(each)) : tests.every((test) => test(each)),
  );
};

const parseTerm = (text: string): ((resource: ResourceSummary) => boolean) => {
  const match = term.exec(text.trim());
  if (!match)
    throw new AzureError(400, 'InvalidFilterInQueryString', `Invalid $filter '${text}' specified in the query string.`);
  const [, property = '', operator = '', value = ''] = match;
  return (resource) =>
    (propertyOf(resource, property.toLowerCase()).toLowerCase() === value.toLowerCase()) ===
    (operator.toLowerCase() === 'eq');
};
