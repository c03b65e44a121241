import { LANDING } from './below-management-group.ts';
import type { Deployable } from './deployable.ts';
import { OTHER } from './other-subscription.ts';
import type { Blanks } from './page-commands.ts';
import type { Registered } from './registered.ts';
import { ROOTS } from './roots.ts';

export const APP = 'cmk-guardian-contoso';
export const URL_OF_APP = `https://${APP}.azurewebsites.net`;

export const EXAMPLES = [
  {
    root: 'examples/mysql-flexible',
    group: 'rg-orders',
    vault: 'kv-orders',
    key: 'cmk',
    demand: { geo_location: 'koreasouth', has_replica: true },
  },
  {
    root: 'examples/disk-encryption-set',
    group: 'rg-disks',
    vault: 'kv-disks',
    key: 'cmk',
    demand: { has_cluster: true },
  },
] as const;

/** The examples are independent of each other: the same work runs for all of them at once. */
export const ofEach = (work: (example: (typeof EXAMPLES)[number]) => Promise<unknown>) =>
  Promise.all(EXAMPLES.map(work));

/** The values for the placeholders of docs/deploy.md. */
export const blanksFor = (
  { subscription, cloud }: Pick<Deployable, 'subscription' | 'cloud'>,
  { entra_client_id, entra_object_id }: Registered,
  { host, version }: { readonly host: string; readonly version: string },
): Blanks => ({
  app: APP,
  host,
  version,
  'tenant id': cloud.world.entra.tenantId,
  'subscription id': subscription,
  'other subscription id': OTHER,
  'management group': LANDING,
  'client id': entra_client_id,
  'object id': entra_object_id,
});

export const valuesFor = (subscription: string, packageUrl: string, registered: Registered) => {
  const scope = `/subscriptions/${subscription}`;
  const guardian = `${scope}/resourceGroups/guardian/providers`;
  const guarded = EXAMPLES.map(({ group }) => `${scope}/resourceGroups/${group}`);
  const anchors = `${scope}/resourceGroups/guardian-anchors/providers/Microsoft.Storage/storageAccounts`;
  const product = {
    ...registered,
    app_name: APP,
    scopes: [scope],
    mode: 'auto',
    package_url: packageUrl,
    emails: ['on-call@contoso.com'],
    anchors_account_id: `${anchors}/${ROOTS['anchors']?.['account_name']}`,
  };
  return {
    product,
    whole: {
      ...product,
      events_enabled: true,
      consumer_groups: guarded,
      vaults: EXAMPLES.map(({ vault }, n) => `${guarded[n]}/providers/Microsoft.KeyVault/vaults/${vault}`),
    },
    example: {
      workspace_id: `${guardian}/Microsoft.OperationalInsights/workspaces/log-cmk-guardian`,
      product_subnet_id: `${guardian}/Microsoft.Network/virtualNetworks/vnet-cmk-guardian/subnets/app`,
    },
  };
};
