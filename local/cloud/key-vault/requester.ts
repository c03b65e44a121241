import type { Arrival } from '../network/may-pass.ts';

/**
 * The caller of Key Vault, and the network from which it comes: the public address where no arrival is given. A trusted service
 * is a service of Azure that the firewall may let pass.
 */
export type Requester = {
  objectId: string;
  tenantId: string;
  appId?: string | undefined;
  trustedService: boolean;
  arrival?: Arrival | undefined;
};

export const issuer = (tenantId: string) => `https://sts.windows.net/${tenantId}/`;

/** The caller as the service's messages write it. */
export const callerText = ({ objectId, tenantId, appId }: Requester) =>
  `appid=${appId ?? objectId};oid=${objectId};iss=${issuer(tenantId)}`;
