/**
 * The hosts of tokens and of the directory: https://learn.microsoft.com/graph/deployments. Only `public` has been tried, against
 * the local cloud.
 */
export const CLOUDS = {
  public: { login: 'https://login.microsoftonline.com', graph: 'https://graph.microsoft.com' },
  usgov: { login: 'https://login.microsoftonline.us', graph: 'https://graph.microsoft.us' },
  china: { login: 'https://login.chinacloudapi.cn', graph: 'https://microsoftgraph.chinacloudapi.cn' },
} as const;

export type CloudName = keyof typeof CLOUDS;
