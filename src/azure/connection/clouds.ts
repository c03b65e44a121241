/** The public cloud and its two sovereign siblings; Microsoft Learn: "Azure environment endpoints". */
export type CloudName = 'public' | 'usgov' | 'china';

export type Cloud = {
  /** Endpoint of Azure Resource Manager, without a slash at the end: the SDKs add one. */
  readonly armEndpoint: string;
  /** Resource that a token for Key Vault's data plane is asked for. */
  readonly vaultResource: string;
  readonly loginEndpoint: string;
  /** Behind `{account}.table.` and `{account}.blob.`. */
  readonly storageSuffix: string;
};

export const CLOUDS: Readonly<Record<CloudName, Cloud>> = {
  public: {
    armEndpoint: 'https://management.azure.com',
    vaultResource: 'https://vault.azure.net',
    loginEndpoint: 'https://login.microsoftonline.com',
    storageSuffix: 'core.windows.net',
  },
  usgov: {
    armEndpoint: 'https://management.usgovcloudapi.net',
    vaultResource: 'https://vault.usgovcloudapi.net',
    loginEndpoint: 'https://login.microsoftonline.us',
    storageSuffix: 'core.usgovcloudapi.net',
  },
  china: {
    armEndpoint: 'https://management.chinacloudapi.cn',
    vaultResource: 'https://vault.azure.cn',
    loginEndpoint: 'https://login.chinacloudapi.cn',
    storageSuffix: 'core.chinacloudapi.cn',
  },
};
