import { AzureError } from '../arm/error.ts';
import type { Call, Route } from '../service.ts';
import { SETTINGS, settingBody, settingOf } from './diagnostic-setting-body.ts';
import type { DiagnosticSetting, DiagnosticSettings } from './diagnostic-settings.ts';
import { refuseCategories } from './log-categories.ts';

const scopeOf = ({ params }: Call): string => `/${params['scope'] ?? ''}`;
const nameOf = ({ params }: Call): string => params['name'] ?? '';

const notFound = (what: string) => new AzureError(404, 'ResourceNotFound', `The Resource '${what}' was not found.`);

/** Diagnostic settings as extensions of any resource, 2021-05-01-preview; `exists` says whether an id is a resource's. */
export const diagnosticSettingRoutes = (settings: DiagnosticSettings, exists: (id: string) => boolean): Route[] => {
  const route = (method: string, path: string, verb: string, handle: Route['handle']): Route => ({
    plane: 'arm',
    method,
    path: `/{scope*}/providers/${SETTINGS}${path}`,
    apiVersions: ['2021-05-01-preview'],
    action: `${SETTINGS}/${verb}`,
    handle: (call) => {
      if (exists(scopeOf(call))) return handle(call);
      throw notFound(scopeOf(call));
    },
  });
  const find = (call: Call): DiagnosticSetting => {
    const found = settings.get(scopeOf(call), nameOf(call));
    if (!found) throw notFound(`${SETTINGS}/${nameOf(call)}`);
    return found;
  };
  return [
    route('GET', '', 'read', (call) => ({
      status: 200,
      body: { value: settings.of(scopeOf(call)).map(settingBody) },
    })),
    route('GET', '/{name}', 'read', (call) => ({ status: 200, body: settingBody(find(call)) })),
    route('PUT', '/{name}', 'write', (call) => {
      const setting = settingOf(scopeOf(call), nameOf(call), call.body);
      refuseCategories(setting);
      return { status: 200, body: settingBody(settings.put(setting)) };
    }),
    route('DELETE', '/{name}', 'delete', (call) => ({
      status: settings.remove(scopeOf(call), nameOf(call)) ? 200 : 204,
    })),
  ];
};
