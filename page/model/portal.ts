const HOSTS: Readonly<Record<string, string>> = {
  public: 'https://portal.azure.com',
  usgov: 'https://portal.azure.us',
  china: 'https://portal.azure.cn',
};

/**
 * The page of a resource in the Azure portal of a cloud, as GUARDIAN_CLOUD names it; `undefined` for one that is not known here.
 */
export const portalLink = (cloud: string, id: string): string | undefined =>
  Object.hasOwn(HOSTS, cloud) ? `${HOSTS[cloud]}/#@/resource${id}` : undefined;
