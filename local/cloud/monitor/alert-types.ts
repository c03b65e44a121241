import { subscriptionOf } from '../arm/authorize.ts';
import { AzureError } from '../arm/error.ts';
import { readBody } from '../arm/read-body.ts';
import type { Entra } from '../entra/entra.ts';
import type { StoredResource, WrittenResource } from '../stored-resources/stored-resource.ts';
import type { StoredType } from '../stored-resources/stored-type.ts';
import { ACTIVITY_RULE_BODY, GROUP_BODY, LOG_RULE_BODY } from './alert-bodies.ts';
import { ALERT_TYPES, type AlertResource } from './alerts.ts';
import { checkLogRule } from './log-rules.ts';

/** A rule may resolve its alerts by itself or mute its actions for a while, but not both. */
const refuseMuted = ({ name, properties }: StoredResource): void => {
  if (properties['autoMitigate'] !== true || properties['muteActionsDuration'] === undefined) return;
  const message = `The alert rule '${name}' cannot have both autoMitigate and muteActionsDuration.`;
  throw new AzureError(400, 'BadRequest', message);
};

/**
 * "The scope in the alert isn't different from the subscription where the alert is created" (Azure Monitor, activity log alerts).
 */
const refuseStrange = ({ id, name, properties }: StoredResource): void => {
  const own = subscriptionOf(id)?.toLowerCase();
  const strange = (properties['scopes'] as readonly string[]).find((one) => subscriptionOf(one)?.toLowerCase() !== own);
  if (strange === undefined) return;
  const message = `The scope '${strange}' of the activity log alert '${name}' is not in the subscription of the alert.`;
  throw new AzureError(400, 'BadRequest', message);
};

/** A rule with an identity of its own gets it when it is first put. */
const withIdentity = (entra: Entra, resource: StoredResource): StoredResource => {
  if ((resource.identity as { type?: string } | undefined)?.type !== 'SystemAssigned') return resource;
  const { objectId: principalId, tenantId } =
    entra.managedIdentity(resource.id) ?? entra.createSystemIdentity(resource.id);
  return { ...resource, identity: { type: 'SystemAssigned', principalId, tenantId } };
};

/** Action groups and the rules that call them; the other files of this service fire the rules. */
export const alertTypes = (entra: Entra): StoredType[] => [
  {
    type: ALERT_TYPES.rule,
    apiVersions: ['2020-10-01'],
    place: 'region',
    patch: 'all',
    read: (body) => readBody(ACTIVITY_RULE_BODY, body) as WrittenResource,
    refuse: refuseStrange,
  },
  {
    type: ALERT_TYPES.group,
    apiVersions: ['2022-06-01', '2023-01-01', '2024-10-01-preview'],
    place: 'region',
    patch: 'all',
    read: (body) => readBody(GROUP_BODY, body) as WrittenResource,
  },
  {
    type: ALERT_TYPES.log,
    apiVersions: ['2021-08-01', '2022-06-15', '2023-12-01'],
    place: 'region',
    patch: 'all',
    read: (body) => readBody(LOG_RULE_BODY, body) as WrittenResource,
    refuse: (resource) => {
      checkLogRule(resource as AlertResource);
      refuseMuted(resource);
    },
    complete: (resource) => withIdentity(entra, resource),
  },
];
