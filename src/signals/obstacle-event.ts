import { extendedBy, parseResourceId } from '../remediation/model/resource-id.ts';
import { parseWritten } from './resource-event.ts';

/** What binds whoever writes at a scope or below it, and rights that may have been lacking there. */
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
 * The scope, lower-cased, at which an event of a subscription tells that something was changed which may have stood in the way of
 * writes there and below; a resource group that was made again is one. Like every event it is a reason to ask Azure, never a fact.
 */
export const parseObstacle = (json: unknown): string | undefined => {
  const written = parseWritten(json);
  if (written.kind !== 'written') return undefined;
  const { id, resourceGroup, type } = written.resource;
  if (type !== undefined) return OBSTACLES.includes(type) ? parseResourceId(extendedBy(id))?.id : undefined;
  return resourceGroup !== undefined && id.endsWith(`/resourcegroups/${resourceGroup}`) ? id : undefined;
};
