import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roleAssignmentName } from '../../../src/azure/apply/role-assignment-name.ts';

const one = { scope: '/subscriptions/S/vaults/V/keys/k', principalId: 'AB', roleId: 'e147488a' };

describe('the name of a role assignment', () => {
  it('is a GUID of version 8, the same whenever it is made', () => {
    const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    fc.assert(
      fc.property(fc.record({ scope: fc.string(), principalId: fc.uuid(), roleId: fc.uuid() }), (assignment) => {
        expect(roleAssignmentName(assignment)).toMatch(guid);
        expect(roleAssignmentName(assignment)).toBe(roleAssignmentName({ ...assignment }));
      }),
    );
  });

  it('does not change from release to release: the same assignment has it tomorrow', () => {
    expect(roleAssignmentName(one)).toBe('16ab3a9e-d0ab-82c1-9114-389c9b3e319a');
  });

  it('does not depend on casing, which Azure does not keep', () => {
    const lower = { ...one, scope: one.scope.toLowerCase(), principalId: 'ab' };
    expect(roleAssignmentName(lower)).toBe(roleAssignmentName(one));
  });

  it('is another for another scope, principal or role', () => {
    const names = [one, { ...one, scope: '/x' }, { ...one, principalId: 'x' }, { ...one, roleId: 'x' }];
    expect(new Set(names.map(roleAssignmentName)).size).toBe(4);
  });
});
