import type { Deployable } from './deployable.ts';
import { writingAs } from './owner.ts';
import type { Page } from './page.ts';
import { within } from './stories.ts';

/*
 * The way of docs/deploy.md without OpenTofu, in a subscription of its own with no registered provider. The check itself sends
 * the requests of `az functionapp create`: that command reads lists of Azure that the local cloud does not have.
 */

export const PLAIN = '0c0c0c0c-0000-4000-8000-000000000003';
const HEADING = 'With plain az';
const GROUP = `/subscriptions/${PLAIN}/resourceGroups/guardian`;
const IDENTITY = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/guardian`;
const STORAGE = 'stguardianplain';
const ACCOUNT = `${GROUP}/providers/Microsoft.Storage/storageAccounts/${STORAGE}`;
const APP = 'cmk-guardian-plain';
const SERVER_FARM = `${GROUP}/providers/Microsoft.Web/serverfarms/plan-plain`;
const LOCATION = 'koreacentral';

/** The subscription must exist before the sign-in: the CLI lists subscriptions once. */
export const openPlain = ({ cloud, owner }: Deployable): void => {
  const { entra, rbac, subscriptions } = cloud.world;
  subscriptions.add({ id: PLAIN, name: 'Plain', tenantId: entra.tenantId, registrations: new Map() });
  rbac.assign({ scope: `/subscriptions/${PLAIN}`, role: 'Owner', principalId: owner });
};

const SITE = {
  location: LOCATION,
  kind: 'functionapp,linux',
  identity: { type: 'UserAssigned', userAssignedIdentities: { [IDENTITY]: {} } },
  properties: {
    serverFarmId: SERVER_FARM,
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer',
          value: `https://${STORAGE}.blob.core.windows.net/app-package`,
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: IDENTITY },
        },
      },
      runtime: { name: 'node', version: '22' },
      scaleAndConcurrency: { maximumInstanceCount: 100, instanceMemoryMB: 2048 },
    },
    // The command adds this setting, and the page removes it.
    siteConfig: {
      appSettings: [{ name: 'AzureWebJobsStorage', value: `DefaultEndpointsProtocol=https;AccountName=${STORAGE}` }],
    },
  },
};

const createApp = async (place: Deployable): Promise<void> => {
  const principal = place.cloud.world.entra.principals().find(({ objectId }) => objectId === place.owner);
  if (!principal) throw new Error('nobody deploys');
  const write = await writingAs(place, principal);
  await write('PUT', `${ACCOUNT}/blobServices/default/containers/app-package`, '2023-05-01', {});
  const plan = { kind: 'functionapp', sku: { name: 'FC1', tier: 'FlexConsumption' }, properties: { reserved: true } };
  await write('PUT', SERVER_FARM, '2023-12-01', { location: LOCATION, ...plan });
  await write('PUT', `${GROUP}/providers/Microsoft.Web/sites/${APP}`, '2023-12-01', SITE);
};

const blanksOf = ({ cloud }: Deployable): Readonly<Record<string, string>> => {
  const { objectId = '', appId = '' } = cloud.world.entra.managedIdentity(IDENTITY) ?? {};
  return {
    'subscription id': PLAIN,
    app: APP,
    storage: STORAGE,
    'principal id': objectId,
    'id of the storage account': ACCOUNT,
    'id of the identity': IDENTITY,
    'client id of the identity': appId,
  };
};

/** The page's commands make an app whose host starts, and delete everything again. */
export const plainAz = async (page: Page, place: Deployable): Promise<void> => {
  if (!page.hasAzureCli) return;
  const { hosting } = place.cloud.world.web;
  const follow = (part: RegExp) => page.follow(HEADING, part, { blanks: blanksOf(place) });
  await follow(/^az (?:provider|group create|identity|storage) /);
  await follow(/^az role assignment /);
  await createApp(place);
  await follow(/^az functionapp (?:config|deployment) /);
  const id = `${GROUP}/providers/Microsoft.Web/sites/${APP}`;
  await within(place, 20, 'the app that plain az has made lists its functions', () => hosting.functions(id).length > 0);
  await follow(/^az group delete /);
};
