import { AzureError } from '../arm/error.ts';
import { sameId } from '../arm/resource-id.ts';
import type { World } from '../service.ts';

/** One category, or group of categories, of logs or metrics. */
export type Category = {
  category?: string | undefined;
  categoryGroup?: string | undefined;
  enabled: boolean;
  timeGrain?: string | undefined;
};

/** The destinations of the logs and metrics of a resource (Microsoft.Insights/diagnosticSettings, 2021-05-01-preview). */
export type DiagnosticSetting = {
  scope: string;
  name: string;
  workspaceId?: string | undefined;
  storageAccountId?: string | undefined;
  eventHubAuthorizationRuleId?: string | undefined;
  eventHubName?: string | undefined;
  marketplacePartnerId?: string | undefined;
  logAnalyticsDestinationType?: string | undefined;
  logs: Category[];
  metrics: Category[];
};

export type DiagnosticSettings = {
  /** Makes the setting of that name at that resource, or replaces it; 400 when Azure would not take it. */
  put(setting: DiagnosticSetting): DiagnosticSetting;
  get(scope: string, name: string): DiagnosticSetting | undefined;
  remove(scope: string, name: string): boolean;
  of(scope: string): DiagnosticSetting[];
  all(): DiagnosticSetting[];
};

const MOST = 5;

const badRequest = (message: string) => new AzureError(400, 'BadRequest', message);

const checkDestination = ({ name, ...to }: DiagnosticSetting): void => {
  if (to.workspaceId || to.storageAccountId || to.eventHubAuthorizationRuleId || to.marketplacePartnerId) return;
  throw badRequest(
    `At least one data sink needs to be specified for the diagnostic setting '${name}': a workspace, a storage account, an event hub or a partner.`,
  );
};

const checkCount = (others: DiagnosticSetting[]): void => {
  if (others.length >= MOST) throw badRequest(`A resource can have at most ${MOST} diagnostic settings.`);
};

const sinksOf = (setting: DiagnosticSetting): readonly string[] =>
  [
    setting.workspaceId,
    setting.storageAccountId,
    setting.eventHubAuthorizationRuleId,
    setting.marketplacePartnerId,
  ].flatMap((sink) => sink || []);

const sentBy = ({ logs, metrics }: DiagnosticSetting): readonly string[] =>
  [...logs, ...metrics].filter(({ enabled }) => enabled).flatMap((one) => one.category ?? one.categoryGroup ?? []);

/** The refusals in Azure's own words, as Azure/terraform-azurerm-avm-ptn-aiml-landing-zone#19 quotes them. */
const checkSinks = (setting: DiagnosticSetting, others: readonly DiagnosticSetting[]): void => {
  for (const other of others)
    for (const sink of sinksOf(setting).filter((one) => sinksOf(other).some((used) => sameId(used, one))))
      for (const category of sentBy(setting).filter((one) => sentBy(other).some((sent) => sameId(sent, one)))) {
        const message = `Data sink '${sink}' is already used in diagnostic setting '${other.name}' for category '${category}'. Data sinks can't be reused in different settings on the same category for the same resource.`;
        throw new AzureError(409, 'Conflict', message);
      }
};

/** No settings to begin with. The settings of a vault are deleted with it, and do not come back with it. */
export const createDiagnosticSettings = (world: World): DiagnosticSettings => {
  let settings: DiagnosticSetting[] = [];
  const isThe = (scope: string, name: string) => (each: DiagnosticSetting) =>
    sameId(each.scope, scope) && sameId(each.name, name);
  const of = (scope: string) => settings.filter((each) => sameId(each.scope, scope));
  const tell = (kind: string, { scope, name }: DiagnosticSetting) =>
    world.changed({ kind, resourceId: scope, at: world.clock.now(), data: { setting: name } });
  world.onChange(({ kind, resourceId }) => {
    if (kind === 'vaultDeleted') settings = settings.filter(({ scope }) => !sameId(scope, resourceId));
  });
  return {
    of,
    all: () => [...settings],
    get: (scope, name) => settings.find(isThe(scope, name)),
    put: (setting) => {
      const { scope, name } = setting;
      checkDestination(setting);
      const others = of(scope).filter((each) => !sameId(each.name, name));
      checkCount(others);
      checkSinks(setting, others);
      settings = [...settings.filter((each) => !isThe(scope, name)(each)), setting];
      tell('diagnosticSettingWritten', setting);
      return setting;
    },
    remove: (scope, name) => {
      const found = settings.find(isThe(scope, name));
      if (!found) return false;
      settings = settings.filter((each) => each !== found);
      tell('diagnosticSettingDeleted', found);
      return true;
    },
  };
};
