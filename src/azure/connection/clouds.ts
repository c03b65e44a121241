/** The public cloud and its two sovereign siblings; Microsoft Learn: "Azure environment endpoints". */
export type CloudName = 'public' | 'usgov' | 'china';

export type Cloud = {
  /** Endpoint of Azure Resource Manager, without a slash at the end: the SDKs add one. */
  readonly armEndpoint: string;
  /** Resource that a token for Key Vault's data plane is asked for. */
  readonly vaultResource: string;
  readonly loginEndpoint: string;
  /**
   * Issuer of tokens of version 1, before the tenant. The cloud of the US Government has that of the public one; no page of Microsoft lists
   * them, its own libraries do (azure-spring-boot, `AADJwtIssuerValidator`; aks-engine, `--oidc-issuer-url`).
   */
  readonly firstIssuer: string;
  /** Of the Log Analytics API, and the resource that its tokens are for. */
  readonly logsEndpoint: string;
  /**
   * What topics of Event Grid end with after `.`, as a URL; also the resource that tokens for them are for. Of the sovereign clouds
   * no document names that resource: it is taken to be as in the public one.
   */
  readonly eventGridResource: string;
  /** Behind `{account}.table.` and `{account}.blob.`. */
  readonly storageSuffix: string;
};

export const CLOUDS: Readonly<Record<CloudName, Cloud>> = {
  public: {
    armEndpoint: 'https://management.azure.com',
    vaultResource: 'https://vault.azure.net',
    loginEndpoint: 'https://login.microsoftonline.com',
    firstIssuer: 'https://sts.windows.net',
    logsEndpoint: 'https://api.loganalytics.io',
    eventGridResource: 'https://eventgrid.azure.net',
    storageSuffix: 'core.windows.net',
  },
  usgov: {
    armEndpoint: 'https://management.usgovcloudapi.net',
    vaultResource: 'https://vault.usgovcloudapi.net',
    loginEndpoint: 'https://login.microsoftonline.us',
    firstIssuer: 'https://sts.windows.net',
    logsEndpoint: 'https://api.loganalytics.us',
    eventGridResource: 'https://eventgrid.azure.us',
    storageSuffix: 'core.usgovcloudapi.net',
  },
  china: {
    armEndpoint: 'https://management.chinacloudapi.cn',
    vaultResource: 'https://vault.azure.cn',
    loginEndpoint: 'https://login.chinacloudapi.cn',
    firstIssuer: 'https://sts.chinacloudapi.cn',
    logsEndpoint: 'https://api.loganalytics.azure.cn',
    eventGridResource: 'https://eventgrid.azure.cn',
    storageSuffix: 'core.chinacloudapi.cn',
  },
};

/** Who issues the tokens of a tenant, in both versions. */
export const issuersOf = ({ loginEndpoint, firstIssuer }: Cloud, tenantId: string): readonly string[] => [
  `${loginEndpoint}/${tenantId}/v2.0`,
  `${firstIssuer}/${tenantId}/`,
];
