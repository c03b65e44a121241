/** Real answers of routes: a test makes them again, and compares. */
export const ANSWER_EXAMPLES = {
  'list-reconciliations': {
    now: '2026-11-22T12:00:00.000Z',
    value: [
      {
        id: 'key-9597376109fa86915d05ef9f7c7fa425f6adf856',
        key: 'https://contoso.vault.azure.net/keys/mysql-cmk',
        vault: 'contoso',
        verdict: 'ask',
        notes: [],
        incident: 'incident-1',
        changedAt: '2026-11-22T09:36:00.000Z',
        consumer: {
          id: '/subscriptions/00000000-0000-0000-0000-000000000001/resourcegroups/data/providers/microsoft.dbformysql/servers/orders',
          name: 'orders',
          kind: 'mysqlSingleServer',
        },
        fault: 'keyExpired',
        otherFaults: ['consumerInaccessible'],
        sentence:
          'The key version https://contoso.vault.azure.net/keys/mysql-cmk/11111111111111111111111111111111 expired at 2026-11-21T12:00:00.000Z. orders refuses all connections: a single server needs wrapKey, which Key Vault refuses outside the validity of the version (learn.microsoft.com/azure/mysql/single-server/concepts-data-encryption-mysql).',
        impact: {
          kind: 'down',
          since: '2026-11-22T09:36:00.000Z',
        },
        harm: {
          kind: 'down',
          since: '2026-11-22T09:36:00.000Z',
        },
        since: '2026-11-21T12:00:00.000Z',
        plan: {
          id: 'fe0d528f979b78b5c80a6394d87bb67ed569d9c516848552e04f7d6c63bb69c9',
          steps: [
            {
              kind: 'extendKeyExpiry',
              target: 'https://contoso.vault.azure.net/keys/mysql-cmk',
              verdict: 'ask',
            },
            {
              kind: 'revalidateConsumer',
              target:
                '/subscriptions/00000000-0000-0000-0000-000000000001/resourcegroups/data/providers/microsoft.dbformysql/servers/orders',
              verdict: 'ask',
            },
          ],
        },
        nextAction: {
          kind: 'asks',
          sentence:
            'Asks: POST /api/plans/fe0d528f979b78b5c80a6394d87bb67ed569d9c516848552e04f7d6c63bb69c9/approval or /rejection, with the token of a person with the role Approver (GET /api/plans/fe0d528f shows it, and GET /api/keyed/plans/fe0d528f with a function key). Extend the expiry of https://contoso.vault.azure.net/keys/mysql-cmk/11111111111111111111111111111111 to one year from now, never beyond 5 years after its creation. Mode approve asks before every step. Revalidate /subscriptions/00000000-0000-0000-0000-000000000001/resourcegroups/data/providers/microsoft.dbformysql/servers/orders with the key version that it has, https://contoso.vault.azure.net/keys/mysql-cmk/11111111111111111111111111111111. Mode approve asks before every step.',
        },
      },
    ],
  },
  'get-plan': {
    key: 'https://contoso.vault.azure.net/keys/mysql-cmk',
    number: 'fe0d528f',
    planId: 'fe0d528f979b78b5c80a6394d87bb67ed569d9c516848552e04f7d6c63bb69c9',
    incident: 'incident-1',
    at: '2026-11-22T09:36:00.000Z',
    stepIds: [
      '1f220f05a8c096ad536e0daf1b14ac2566d9646eb0794ab53944e8be21def5c4',
      '258f107a231094fc9c194fac7cea4ce6932da53d84fb5a2b33d04b24dfcfaf02',
    ],
    steps: [
      {
        kind: 'extendKeyExpiry',
        target: 'https://contoso.vault.azure.net/keys/mysql-cmk',
        parameters: {
          vaultId:
            '/subscriptions/00000000-0000-0000-0000-000000000001/resourcegroups/data/providers/microsoft.keyvault/vaults/contoso',
          key: {
            host: 'contoso.vault.azure.net',
            name: 'mysql-cmk',
          },
          version: '11111111111111111111111111111111',
          period: 'P1Y',
          maximumAge: 'P5Y',
          threshold: 'P30D',
        },
        stepId: '1f220f05a8c096ad536e0daf1b14ac2566d9646eb0794ab53944e8be21def5c4',
        risk: 'restore',
        seen: {
          expiresOn: '2026-11-21T12:00:00.000Z',
          updatedOn: '2026-05-26T12:00:00.000Z',
        },
        reveals: false,
        actions: [
          'Microsoft.KeyVault/vaults/read',
          'Microsoft.KeyVault/vaults/keys/read',
          'Microsoft.KeyVault/vaults/keys/update/action',
        ],
        undo: "Set the former expiry, which the ledger shows: `az keyvault key set-attributes --id https://contoso.vault.azure.net/keys/mysql-cmk/11111111111111111111111111111111 --expires '<that date>'`.",
        sentence:
          'Extend the expiry of https://contoso.vault.azure.net/keys/mysql-cmk/11111111111111111111111111111111 to one year from now, never beyond 5 years after its creation.',
        touches: [
          'https://contoso.vault.azure.net/keys/mysql-cmk/11111111111111111111111111111111',
          '/subscriptions/00000000-0000-0000-0000-000000000001/resourcegroups/data/providers/microsoft.keyvault/vaults/contoso',
        ],
        serves: [
          '/subscriptions/00000000-0000-0000-0000-000000000001/resourcegroups/data/providers/microsoft.dbformysql/servers/orders',
        ],
        dependsOn: [],
      },
      {
        kind: 'revalidateConsumer',
        target:
          '/subscriptions/00000000-0000-0000-0000-000000000001/resourcegroups/data/providers/microsoft.dbformysql/servers/orders',
        parameters: {
          vaultId:
            '/subscriptions/00000000-0000-0000-0000-000000000001/resourcegroups/data/providers/microsoft.keyvault/vaults/contoso',
          kid: 'https://contoso.vault.azure.net/keys/mysql-cmk/11111111111111111111111111111111',
          consumerKind: 'mysqlSingleServer',
        },
        stepId: '258f107a231094fc9c194fac7cea4ce6932da53d84fb5a2b33d04b24dfcfaf02',
        risk: 'restore',
        reveals: false,
        actions: [
          'Microsoft.KeyVault/vaults/read',
          'Microsoft.KeyVault/vaults/keys/read',
          'Microsoft.DBforMySQL/servers/read',
          'Microsoft.DBforMySQL/servers/keys/read',
          'Microsoft.DBforMySQL/servers/keys/write',
          'Microsoft.DBforMySQL/locations/azureAsyncOperation/read',
        ],
        undo: 'Nothing to undo: it keeps the key version that it had.',
        sentence:
          'Revalidate /subscriptions/00000000-0000-0000-0000-000000000001/resourcegroups/data/providers/microsoft.dbformysql/servers/orders with the key version that it has, https://contoso.vault.azure.net/keys/mysql-cmk/11111111111111111111111111111111.',
        touches: [
          'https://contoso.vault.azure.net/keys/mysql-cmk/11111111111111111111111111111111',
          '/subscriptions/00000000-0000-0000-0000-000000000001/resourcegroups/data/providers/microsoft.keyvault/vaults/contoso',
          '/subscriptions/00000000-0000-0000-0000-000000000001/resourcegroups/data/providers/microsoft.dbformysql/servers/orders',
        ],
        serves: [
          '/subscriptions/00000000-0000-0000-0000-000000000001/resourcegroups/data/providers/microsoft.dbformysql/servers/orders',
        ],
        dependsOn: ['1f220f05a8c096ad536e0daf1b14ac2566d9646eb0794ab53944e8be21def5c4'],
      },
    ],
    approvals: [],
    rejections: [],
  },
  'get-overrides': {
    paused: {
      by: 'ada@contoso.com (ada-id)',
      why: 'the region is moved',
      until: '2026-11-23T12:00:00.000Z',
    },
    pauses: [
      {
        by: 'ada@contoso.com (ada-id)',
        why: 'the region is moved',
        until: '2026-11-23T12:00:00.000Z',
      },
    ],
    doNotHeal: [],
  },
} as const;
