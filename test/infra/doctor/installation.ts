import { readCondition, readRolePart } from '../../../infra/definitions.ts';
import { type Assignment, absent, type Facts, present, type StorageAccount } from '../../../infra/doctor/facts.ts';
import { PART_NAMES, ROLE_PARTS } from '../../../src/remediation/model/role-parts.ts';

export const SUBSCRIPTION = '11111111-1111-4111-8111-111111111111';
export const TENANT = '22222222-2222-4222-8222-222222222222';
export const PRINCIPAL = '33333333-3333-4333-8333-333333333333';
export const CLIENT = '44444444-4444-4444-8444-444444444444';
export const REGISTRATION = '55555555-5555-4555-8555-555555555555';

const here = `/subscriptions/${SUBSCRIPTION}`;
const group = `${here}/resourceGroups/guardian`;
export const SITE = `${group}/providers/Microsoft.Web/sites/cmk-guardian`;
export const SUBNET = `${group}/providers/Microsoft.Network/virtualNetworks/net/subnets/app`;

export const anAccount = (name: string, more: Partial<StorageAccount> = {}): StorageAccount => ({
  id: `${group}/providers/Microsoft.Storage/storageAccounts/${name}`,
  name,
  sharedKeys: false,
  network: { defaultAction: 'Deny', publicAccess: 'Enabled', subnets: [SUBNET] },
  privateEndpoints: [],
  ...more,
});

export const aRole = (roleId: string, scope: string): Assignment => ({
  scope,
  roleId: `${here}/providers/Microsoft.Authorization/roleDefinitions/${roleId}`,
  roleName: roleId,
  actions: [],
  dataActions: [],
});

export const aPart = (part: (typeof PART_NAMES)[number]): Assignment => ({
  ...aRole(part, part === 'consumers' ? `${here}/resourceGroups/data` : here),
  roleName: ROLE_PARTS[part].roleName,
  ...readRolePart(part),
  ...(part === 'grants' && { condition: readCondition(PRINCIPAL) }),
});

const STORAGE_ROLES = [
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
  '974c5e8b-45b9-4653-ba55-5f855dd0fb88',
  '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3',
];
const anchors = `${anAccount('anchors').id}/blobServices/default/containers/guardian-anchors`;

export const ASSIGNMENTS: readonly Assignment[] = [
  ...PART_NAMES.map(aPart),
  ...STORAGE_ROLES.map((id) => aRole(id, anAccount('stguardian').id)),
  aRole('ba92f5b4-2d11-453d-a403-e96b0029c9fe', anchors),
];

export const SETTINGS: Readonly<Record<string, string>> = {
  FUNCTIONS_EXTENSION_VERSION: '~4',
  AzureWebJobsStorage__blobServiceUri: 'https://stguardian.blob.core.windows.net',
  AzureWebJobsStorage__queueServiceUri: 'https://stguardian.queue.core.windows.net',
  AzureWebJobsStorage__tableServiceUri: 'https://stguardian.table.core.windows.net',
  AzureWebJobsStorage__credential: 'managedidentity',
  AzureWebJobsStorage__clientId: CLIENT,
  GUARDIAN_SCOPE: here,
  GUARDIAN_IDENTITY_CLIENT_ID: CLIENT,
  GUARDIAN_STORAGE_ACCOUNT: 'stguardian',
  GUARDIAN_ANCHORS_ACCOUNT: 'anchors',
  GUARDIAN_APPROVER_TENANT: TENANT,
  GUARDIAN_APPROVER_AUDIENCE: REGISTRATION,
  GUARDIAN_ALERT_TENANT: TENANT,
  GUARDIAN_ALERT_AUDIENCE: REGISTRATION,
};

/** An installation as infra/ makes it. */
export const wellInstalled: Facts = {
  subscriptionId: SUBSCRIPTION,
  group: 'guardian',
  app: 'cmk-guardian',
  tenantId: present(TENANT),
  site: present({
    id: SITE,
    state: 'Running',
    hostName: 'cmk-guardian.azurewebsites.net',
    subnetId: SUBNET,
    userIdentities: [{ principalId: PRINCIPAL, clientId: CLIENT, resourceId: `${group}/…/guardian` }],
  }),
  settings: present(SETTINGS),
  functions: present(['get-health', 'on-key-vault-event', 'on-resource-event', 'probe', 'reconcileKey', 'sweep']),
  host: present({ state: 'Running', errors: [] }),
  accounts: { stguardian: present(anAccount('stguardian')), anchors: present(anAccount('anchors')) },
  assignments: present(ASSIGNMENTS),
  groups: present([]),
  elsewhere: {},
  below: {},
  atManagementGroups: {},
  privateNames: absent,
  zones: {},
  eventSubscriptions: {
    [SUBSCRIPTION]: present([
      {
        id: `${group}/…/eventSubscriptions/guardian`,
        of: 'subscription',
        functionId: `${SITE}/functions/on-resource-event`,
        state: 'Succeeded',
      },
    ]),
  },
  registration: present({
    appId: REGISTRATION,
    tokenVersion: 2,
    roles: ['Reader', 'Requester', 'Operator', 'Approver', 'ActionGroupsSecureWebhook'],
  }),
  health: present({ status: 200 }),
};

/** The same with other settings; `undefined` removes a setting. */
export const withSettings = (changed: Readonly<Record<string, string | undefined>>): Facts => {
  const all = Object.entries({ ...SETTINGS, ...changed }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return { ...wellInstalled, settings: present(Object.fromEntries(all)) };
};
