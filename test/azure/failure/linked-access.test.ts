import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/azure/failure/advice.ts';

const refused = (action: string, scope: string, of = '/v'): string =>
  explain(
    {
      status: 403,
      code: 'LinkedAuthorizationFailed',
      message:
        `The client 'x' with object id '00000000-0000-0000-0000-00000000000a' has permission to perform action 'y' on scope '/v'; ` +
        `however, it does not have permission to perform action(s) '${action}' on the linked scope(s) '${scope}' (respectively) or the linked scope(s) are invalid.`,
      correlationIds: [],
    },
    { what: 'the write', scope: of },
  );

describe('a write that is refused for what it touches elsewhere', () => {
  it('is explained by the right that it takes there', () => {
    expect(refused('Microsoft.EventHub/namespaces/authorizationrules/listkeys/action', '/hubs/h')).toContain(
      'a role with the action Microsoft.EventHub/namespaces/authorizationrules/listkeys/action at /hubs/h',
    );
  });

  it('is explained by the part of the role on keys where it names a subnet of the subscription of its vault, and by the one right elsewhere', () => {
    const subscription = '/subscriptions/00000000-0000-0000-0000-000000000001';
    const vault = `${subscription}/resourceGroups/data/providers/Microsoft.KeyVault/vaults/kv`;
    const subnet = (of: string) => `${of}/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/v/subnets/s`;
    const join = 'Microsoft.Network/virtualNetworks/subnets/joinViaServiceEndpoint/action';
    expect(refused(join, `${subnet(subscription)},${subnet('/subscriptions/hub')}`, vault)).toContain(
      `az role assignment create --role 'CMK Guardian Keys' --assignee-object-id 00000000-0000-0000-0000-00000000000a --assignee-principal-type ServicePrincipal --scope ${subscription}`,
    );
    expect(refused(join, subnet('/subscriptions/hub'), vault)).toContain(
      `a role with the action ${join} at ${subnet('/subscriptions/hub')}`,
    );
  });

  it('is explained by the part of the role for consumers, in the group of the identity, where it is one', () => {
    const group = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/ids';
    const identity = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i`;
    expect(refused('Microsoft.ManagedIdentity/userAssignedIdentities/assign/action', identity)).toContain(
      `az role assignment create --role 'CMK Guardian Consumers' --assignee-object-id 00000000-0000-0000-0000-00000000000a --assignee-principal-type ServicePrincipal --scope ${group}`,
    );
  });
});
