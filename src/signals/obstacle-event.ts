import { extendedBy, parseResourceId } from '../remediation/model/resource-id.ts';
import { parseWritten } from './resource-event.ts';

/** Resource types that bind or allow writes at their scope and below it: a change of one may end a refusal. */
export const OBSTACLES: readonly string[] = [
  'locks',
  'policyAssignments',
  'policyExemptions',
  'policyDefinitions',
  'policySetDefinitions',
  'denyAssignments',
  'roleAssignments',
].map((type) => `microsoft.authorization/${type.toLowerCase()}`);

/**
 * The scope, lower-cased, at which something was changed that may have blocked writes there and below, from one event of a
 * subscription. A resource group that was made again is such a change. Like every event it is a reason to ask Azure, never a
 * fact.
 */
export const parseObstacle = (json: unknown): string | undefined => {
  const written = parseWritten(json);
  if (written.kind !== 'written') return undefined;
  const { id, resourceGroup, type } = written.resource;
  if (type !== undefined) return OBSTACLES.includes(type) ? parseResourceId(extendedBy(id))?.id : undefined;
  return resourceGroup !== undefined && id.endsWith(`/resourcegroups/${resourceGroup}`) ? id : undefined;
};
