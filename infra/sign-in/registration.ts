import type { AppRole } from '../definitions.ts';

export type Scope = {
  readonly id: string;
  readonly value: string;
  readonly type: string;
  readonly isEnabled: boolean;
  readonly adminConsentDisplayName: string;
  readonly adminConsentDescription: string;
};

/** The wanted state of the product's app registration. */
export type Wanted = {
  readonly uniqueName: string;
  readonly displayName: string;
  /** The URLs of the product's page, to which people come back after signing in. */
  readonly redirectUris: readonly string[];
  readonly appRoles: readonly AppRole[];
  readonly scope: Scope;
  /** Object ids of the owners: the person who saves the action group must own the registration. */
  readonly owners: readonly string[];
  /** The client id of the registration to use, in place of the one with `uniqueName`. */
  readonly clientId?: string;
};

/** A public client of every tenant: the Azure CLI, with which people get tokens for scripts and for the command line. */
export const AZURE_CLI = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';

/** "AzNS AAD Webhook", the application that sends for action groups, and the role that it needs. */
export const AZNS = '461e8683-5575-4561-ac7f-899cc907d62a';
export const WEBHOOK_ROLE = 'ActionGroupsSecureWebhook';

/** The one permission that people's clients ask for; roles decide on the rights of a person. */
export const SCOPE: Scope = {
  id: '6c3f9d0e-2b54-4b0c-9f0b-6f6f5e9a1d27',
  value: 'Guardian.Access',
  type: 'User',
  isEnabled: true,
  adminConsentDisplayName: 'Use CMK Guardian',
  adminConsentDescription: 'Lets a client call CMK Guardian for whoever has signed in, as far as their role goes.',
};
