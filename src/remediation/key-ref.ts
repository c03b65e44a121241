/** A key without its version: the root object of every repair. Lower-cased throughout; Key Vault compares without case. */
export type KeyRef = {
  /** Host of the vault's data plane, `contoso.vault.azure.net`. */
  readonly host: string;
  readonly name: string;
};
