/** The public cloud and its two sovereign siblings; Microsoft Learn: "Azure environment endpoints". */
export type CloudName = 'public' | 'usgov' | 'china';

export type Cloud = {
  /** Endpoint of Azure Resource Manager, without a slash at the end: the SDKs add one. */
  readonly armEndpoint: string;
  /** The resource (audience) of tokens for Key Vault's data plane. */
  readonly vaultResource: string;
  readonly loginEndpoint: string;
  /**
   * Issuer of tokens of version 1, without the tenant. The US Government cloud has the issuer of the public cloud. No
   * page of Microsoft lists the issuers; its own libraries do (azure-spring-boot, `AADJwtIssuerValidator`; aks-engine,
   * `--oidc-issuer-url`).
   */
  readonly firstIssuer: string;
  /** Endpoint of the Log Analytics API, which is also the resource of its tokens. */
  readonly logsEndpoint: string;
  /**
   * The suffix of Event Grid topics' hosts after `.`, as a URL; also the resource of their tokens. No document names
   * that resource for the sovereign clouds: the product assumes the same rule as in the public cloud.
   */
  readonly eventGridResource: string;
  /** The suffix after `{account}.table.` and `{account}.blob.`. */
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

/** The issuers of a tenant's tokens, in both versions. */
export const issuersOf = ({ loginEndpoint, firstIssuer }: Cloud, tenantId: string): readonly string[] => [
  `${loginEndpoint}/${tenantId}/v2.0`,
  `${firstIssuer}/${tenantId}/`,
];
