/** The roots, which are applied on their own, with the fewest variables that each needs. */
export const ROOTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  product: {
    location: 'koreacentral',
    scopes: ['/subscriptions/00000000-0000-4000-8000-00000000000b'],
  },
  anchors: { location: 'koreacentral', account_name: 'stguardiananchors' },
  'examples/mysql-flexible': {
    location: 'koreacentral',
    name: 'orders',
    owner: 'team-orders',
    key_expires_at: 1_900_000_000,
    workspace_id: workspace('log-audit'),
    administrator_password: 'only-for-a-plan-1',
  },
  'examples/disk-encryption-set': {
    location: 'koreacentral',
    name: 'disks',
    owner: 'team-disks',
    key_expires_at: 1_900_000_000,
    workspace_id: workspace('log-audit'),
  },
};

/** The roots with every option on, so that a plan reads every file. */
export const IN_FULL: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  product: {
    consumer_groups: [`${subscription()}/resourceGroups/shop`],
    package_url: 'https://releases.contoso.com/released-package.zip',
    events_enabled: true,
    entra_client_id: '00000000-0000-4000-8000-0000000000c1',
    entra_object_id: '00000000-0000-4000-8000-0000000000c2',
    emails: ['on-call@contoso.com'],
    vaults: [`${subscription()}/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/kv-orders`],
    unaudited_vaults: [`${subscription()}/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/kv-orders`],
    anchors_account_id: `${subscription()}/resourceGroups/anchors/providers/Microsoft.Storage/storageAccounts/stanchors`,
    private_zone_ids: Object.fromEntries(['blob', 'queue', 'table'].map((service) => [service, zone(service)])),
    // The check breaks more within an hour than an estate does: the fuse would have the last repairs wait for a person.
    settings: { GUARDIAN_NEAR_EXPIRY: 'P60D', GUARDIAN_FUSE_ROOT_CAUSES: '20' },
  },
  anchors: {},
  'examples/mysql-flexible': {
    geo_location: 'koreasouth',
    has_replica: true,
    restore_to: '2026-11-29T12:00:00Z',
  },
  'examples/disk-encryption-set': { has_cluster: true },
};

function subscription(): string {
  return '/subscriptions/00000000-0000-4000-8000-00000000000b';
}

function workspace(name: string): string {
  return `${subscription()}/resourceGroups/hub/providers/Microsoft.OperationalInsights/workspaces/${name}`;
}

function zone(service: string): string {
  return `${subscription()}/resourceGroups/hub/providers/Microsoft.Network/privateDnsZones/privatelink.${service}.core.windows.net`;
}
