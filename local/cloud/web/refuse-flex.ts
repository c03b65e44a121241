import { badRequest } from './web-error.ts';

/**
 * Site properties that Flex Consumption refuses, even null (azure-cli#31414, azure-pipelines-tasks#21032,
 * azure-functions-host#10643).
 */
const PROPERTIES = [
  'functionAppScaleLimit',
  'ftpsState',
  'use32BitWorkerProcess',
  'preWarmedInstanceCount',
  'netFrameworkVersion',
  'functionsRuntimeScaleMonitoringEnabled',
];

/** App settings that it refuses (vscode-azurefunctions#4142). */
const SETTINGS = ['FUNCTIONS_WORKER_RUNTIME'];

const capital = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);

const among = (names: readonly string[], refused: readonly string[]): string[] =>
  refused.filter((one) => names.some((name) => name.toLowerCase() === one.toLowerCase()));

/** Azure's own texts, for one path and for several. */
const refusal = (kind: string, plural: string, paths: readonly string[]) =>
  paths.length === 1
    ? `The following ${kind} (${paths[0]}) for Flex Consumption sites is invalid.  Please remove or rename it before retrying.`
    : `The following list of ${paths.length} ${plural} (${paths.join(',')}) for Flex Consumption sites is invalid.  Please remove or rename them before retrying.`;

export const refuseSettings = (names: readonly string[]): void => {
  const refused = among(names, SETTINGS).map((name) => `Site.SiteConfig.AppSettings.${name}`);
  if (refused.length > 0) throw badRequest(refusal('app setting', 'app settings', refused));
};

export const refuseSiteConfig = (siteConfig: Readonly<Record<string, unknown>>): void => {
  const refused = among(Object.keys(siteConfig), PROPERTIES).map((name) => `Site.SiteConfig.${capital(name)}`);
  if (refused.length > 0)
    throw badRequest(refusal('site configuration property', 'site configuration properties', refused));
};

/** Without this section Azure checks nothing else (azure-functions-flex-consumption-samples#7). */
export const requireFunctionAppConfig = (body: unknown): void => {
  const { properties } = (body ?? {}) as { properties?: { functionAppConfig?: unknown } | null };
  if (properties?.functionAppConfig) return;
  throw badRequest(
    'Site.FunctionAppConfig is invalid.  The FunctionAppConfig section was not specified in the request, which is required for Flex Consumption sites. To proceed, please add the FunctionAppConfig section in your request.',
  );
};
