/** Applications of Microsoft, which have the same id in every tenant, also in a tenant without a service principal for them. */
export type FirstParty = { readonly name: string; readonly appId: string };

/** The application that sends the calls of action groups to a secure webhook. */
export const AZNS: FirstParty = { name: 'AzNS AAD Webhook', appId: '461e8683-5575-4561-ac7f-899cc907d62a' };

/** People sign in through a client; this is the client of the Azure CLI. */
export const AZURE_CLI: FirstParty = { name: 'Microsoft Azure CLI', appId: '04b07795-8ddb-461a-bbee-02f9e1bf7b46' };

export const FIRST_PARTIES: readonly FirstParty[] = [AZNS, AZURE_CLI];
