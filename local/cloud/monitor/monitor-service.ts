import { z } from 'zod';
import { recordManualAct } from '../activity-log/record-manual-act.ts';
import type { FullWorld } from '../create-world.ts';
import type { Service } from '../service.ts';
import { SETTINGS, settingBody } from './diagnostic-setting-body.ts';
import { diagnosticSettingRoutes } from './diagnostic-setting-routes.ts';
import { workspacesOf } from './workspaces.ts';

const named = z.object({ scope: z.string().startsWith('/'), name: z.string().min(1) });
const auditing = named.extend({ workspaceId: z.string().startsWith('/') });

const parameters = { scope: 'id of the resource', name: 'name of the setting' };

/** Azure Monitor: diagnostic settings of resources. `exists` says whether an id is a resource's. */
export const monitorService = (world: FullWorld, exists: (id: string) => boolean): Service => {
  const settings = world.diagnosticSettings;
  const told = (scope: string, name: string, verb: 'write' | 'delete') =>
    recordManualAct(world, { target: `${scope}/providers/${SETTINGS}/${name}`, operationName: `${SETTINGS}/${verb}` });
  return {
    name: 'monitor',
    routes: diagnosticSettingRoutes(settings, exists),
    snapshot: () => ({
      diagnosticSettings: settings.all().map(settingBody),
      workspaces: workspacesOf(settings, world.auditLog),
    }),
    breaks: [
      {
        name: 'stop-logging',
        title: 'Delete a diagnostic setting: nobody hears of what is done to the resource',
        parameters,
        run: (input) => {
          const { scope, name } = named.parse(input);
          if (!settings.remove(scope, name)) throw new Error(`There is no diagnostic setting '${name}' at ${scope}.`);
          told(scope, name, 'delete');
          return { removed: name };
        },
      },
    ],
    repairs: [
      {
        name: 'log-audit-events',
        title: 'Send the audit events of a resource to a workspace',
        parameters: { ...parameters, workspaceId: 'id of the Log Analytics workspace' },
        run: (input) => {
          const logs = [{ category: 'AuditEvent', enabled: true }];
          const setting = settings.put({ ...auditing.parse(input), logs, metrics: [] });
          told(setting.scope, setting.name, 'write');
          return settingBody(setting);
        },
      },
    ],
  };
};
