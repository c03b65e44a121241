import type { KeyUse } from '../service.ts';

/** The reason why a server could not use its key, in the words of the MySQL resource provider. */
export type KeyRefusal = { code: string; message: string };

type Refused = Extract<KeyUse, { ok: false }>;
type Rule = {
  when(refused: Refused): boolean;
  refusal(kid: string, principalId: string, refused: Refused): KeyRefusal;
};

/**
 * First match wins. The codes of disabled keys and missing permissions are in "Troubleshoot data encryption in Azure Database for
 * MySQL"; AzureKeyVaultKeyNotFound is the code that customers see (terraform-provider-azurerm 20846). The others are those of
 * Azure SQL, whose server keys work alike (Server Keys - Create Or Update, error responses).
 */
const RULES: Rule[] = [
  {
    when: ({ inner }) => inner === 'KeyDisabled',
    refusal: () => ({
      code: 'AzureKeyVaultKeyDisabledMessage',
      message: 'The operation could not be completed on the server because the Azure Key Vault key is disabled.',
    }),
  },
  {
    when: ({ inner }) => inner === 'KeyExpired' || inner === 'KeyNotYetValid',
    refusal: () => ({
      code: 'AzureKeyVaultInvalidExpirationDate',
      message: 'The operation could not be completed because the Azure Key Vault key expiration date is invalid.',
    }),
  },
  {
    when: ({ code }) => code === 'KeyNotFound',
    refusal: (kid) => ({
      code: 'AzureKeyVaultKeyNotFound',
      message: `The operation could not be completed because the Azure Key Vault key '${kid}' was not found.`,
    }),
  },
  {
    when: ({ status }) => status === 401 || status === 403,
    refusal: (_kid, principalId, refused) => ({
      code: 'AzureKeyVaultMissingPermissionsMessage',
      message:
        'The server does not have the required Get, Wrap, and Unwrap permissions to the Azure Key Vault. Grant any ' +
        `missing permissions to the service principal with ID '${principalId}'. Azure Key Vault: ${refused.message}`,
    }),
  },
];

export const keyRefusal = (kid: string, principalId: string, refused: Refused): KeyRefusal =>
  RULES.find((rule) => rule.when(refused))?.refusal(kid, principalId, refused) ?? {
    code: 'AzureKeyVaultInvalidUri',
    message: `Invalid response from Azure Key Vault for '${kid}': ${refused.message}`,
  };

export const NO_IDENTITY: KeyRefusal = {
  code: 'AzureKeyVaultNoServerIdentity',
  message: 'The operation could not be completed because the server identity is not correctly configured.',
};
