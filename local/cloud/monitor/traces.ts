import type { World } from '../service.ts';
import type { ResourceStore } from '../stored-resources/resource-store.ts';

/** A line of the log of a site's host, in the table AppTraces of a workspace. */
export type TraceRow = {
  at: number;
  /** The instant from which queries see it. */
  ingestedAt: number;
  message: string;
  workspaceId: string;
};

/** The site of a log line: its settings say where it sends its log, and its id names it. */
export type Sender = { id: string; settings: Readonly<Record<string, string>> };

export type Traces = {
  /** Takes a line of the site's host, `[instant] message`; a line without a workspace is lost, as in Azure. */
  enter(sender: Sender, line: string): void;
  rows(): TraceRow[];
};

/** Application Insights shows a row within some minutes. */
const DELAY_MS = 2 * 60_000;
/** No query here looks back further. */
const KEPT_MS = 60 * 60_000;

const LINE = /^\[(\d{4}-[^\]]+Z)\] (?:[a-z]+: )?(.*)$/s;

type Component = { InstrumentationKey?: string; WorkspaceResourceId?: string; DisableLocalAuth?: boolean };

/** Where local authentication is off, the sender needs the role Monitoring Metrics Publisher on the component. */
const maySend = ({ entra, rbac }: World, { id, settings }: Sender, componentId: string): boolean => {
  const [, clientId] = /ClientId=([^;]+)/i.exec(settings['APPLICATIONINSIGHTS_AUTHENTICATION_STRING'] ?? '') ?? [];
  const principal = entra.attachedIdentities(id).find(({ appId }) => appId === clientId);
  const dataAction = 'Microsoft.Insights/Telemetry/Write';
  return principal !== undefined && rbac.allows({ principalId: principal.objectId, dataAction, scope: componentId });
};

const workspaceOf = (world: World, stored: ResourceStore, sender: Sender): string | undefined => {
  const [, key] =
    /InstrumentationKey=([^;]+)/i.exec(sender.settings['APPLICATIONINSIGHTS_CONNECTION_STRING'] ?? '') ?? [];
  const named = ({ properties }: { properties: Component }) => properties.InstrumentationKey === key;
  const component = key === undefined ? undefined : stored.ofType('Microsoft.Insights/components').find(named);
  if (!component) return undefined;
  const { DisableLocalAuth: isClosed, WorkspaceResourceId: workspace } = component.properties as Component;
  return isClosed && !maySend(world, sender, component.id) ? undefined : workspace;
};

/** The logs of the hosts of sites, for the sites that send them to Application Insights. */
export const createTraces = (world: World, stored: ResourceStore): Traces => {
  let rows: TraceRow[] = [];
  return {
    enter: (sender, line) => {
      const [, instant, message] = LINE.exec(line) ?? [];
      const workspaceId = workspaceOf(world, stored, sender);
      if (instant === undefined || message === undefined || workspaceId === undefined) return;
      const at = Date.parse(instant);
      rows = rows.filter((row) => row.at > at - KEPT_MS);
      rows.push({ at, ingestedAt: at + DELAY_MS, message, workspaceId });
    },
    rows: () => [...rows],
  };
};
