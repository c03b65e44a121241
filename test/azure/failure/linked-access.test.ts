import { describe, expect, it } from '@jest/globals';
import { explain } from '../../../src/azure/failure/advice.ts';

const refused = (action: string, scope: string): string =>
  explain(
    {
      status: 403,
      code: 'LinkedAuthorizationFailed',
      message:
        `The client 'x' with object id '00000000-0000-0000-0000-00000000000a' has permission to perform action 'y' on scope '/v'; ` +
        `however, it does not have permission to perform action(s) '${action}' on the linked scope(s) '${scope}' (respectively) or the linked scope(s) are invalid.`,
      correlationIds: [],
    },
    { what: 'the write', scope: '/v' },
  );

describe('a write that is refused for what it touches elsewhere', () => {
  it('is explained by the right that it takes there', () => {
    expect(refused('Microsoft.EventHub/namespaces/authorizationrules/listkeys/action', '/hubs/h')).toContain(
      'a role with the action Microsoft.EventHub/namespaces/authorizationrules/listkeys/action at /hubs/h',
    );
  });

  it('is explained by the role for identities, at the identity, where it is one', () => {
    expect(refused('Microsoft.ManagedIdentity/userAssignedIdentities/assign/action', '/ids/i')).toMatch(
      /az role assignment create --role "Managed Identity Operator".*--scope \/ids\/i/,
    );
  });
});
