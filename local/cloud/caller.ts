/** Who a verified token says is calling. */
export type Caller = {
  tenantId: string;
  objectId: string;
  appId?: string;
  kind: 'ServicePrincipal' | 'User';
  roles: string[];
  scopes: string[];
  name: string;
};
