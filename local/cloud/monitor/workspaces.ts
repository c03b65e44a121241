import { sameId } from '../arm/resource-id.ts';
import { guid } from '../draw.ts';
import type { AuditLog } from './audit-log.ts';
import type { DiagnosticSettings } from './diagnostic-settings.ts';

/**
 * A Log Analytics workspace: any id to which a setting sends logs is taken as one. `customerId` is the id by which queries name
 * it.
 */
export type Workspace = { id: string; customerId: string };

export const customerIdOf = (workspaceId: string): string => guid('workspace', workspaceId.toLowerCase());

/** The workspaces to which a setting sends logs, or did. */
export const workspacesOf = (settings: DiagnosticSettings, audit: AuditLog): Workspace[] => {
  const sentTo = settings.all().flatMap(({ workspaceId }) => workspaceId ?? []);
  const ids = [...sentTo, ...audit.rows().flatMap(({ workspaceIds }) => workspaceIds)];
  const once = ids.filter((id, at) => ids.findIndex((other) => sameId(id, other)) === at);
  return once.map((id) => ({ id, customerId: customerIdOf(id) }));
};
