import type { AppRole } from '../definitions.ts';

export type Scope = {
  readonly id: string;
  readonly value: string;
  readonly type: string;
  readonly isEnabled: boolean;
  readonly adminConsentDisplayName: string;
  readonly adminConsentDescription: string;
};

/** What the product's app registration is to be. */
export type Wanted = {
  readonly uniqueName: string;
  readonly displayName: string;
  /** Where the page of the product is, and so where people come back to from signing in. */
  readonly redirectUris: readonly string[];
  readonly appRoles: readonly AppRole[];
  readonly scope: Scope;
  /** Whoever saves the action group must own the registration: object ids. */
  readonly owners: readonly string[];
  /** The registration to take, by its client id, instead of the one that bears `uniqueName`. */
  readonly clientId?: string;
};

/** Public in every tenant: the Azure CLI, with which people get tokens for scripts and for the command line. */
export const AZURE_CLI = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';

/** "AzNS AAD Webhook", which sends for action groups, and the role by which it does. */
export const AZNS = '461e8683-5575-4561-ac7f-899cc907d62a';
export const WEBHOOK_ROLE = 'ActionGroupsSecureWebhook';

/** The one permission that people's clients ask for; what somebody may then do is told by roles. */
export const SCOPE: Scope = {
  id: '6c3f9d0e-2b54-4b0c-9f0b-6f6f5e9a1d27',
  value: 'Guardian.Access',
  type: 'User',
  isEnabled: true,
  adminConsentDisplayName: 'Use CMK Guardian',
  adminConsentDescription: 'Lets a client call CMK Guardian for whoever has signed in, as far as their role goes.',
};
