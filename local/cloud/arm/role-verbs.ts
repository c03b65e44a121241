import { z } from 'zod';
import type { SimVerb, World } from '../room.ts';

const grant = z.object({ scope: z.string(), role: z.string(), principalId: z.guid() });

const parameters = {
  scope: 'resource id at which the role is held',
  role: 'name or GUID of the role',
  principalId: 'object id of the principal',
};

/** Role assignments taken away and given behind Azure's back: no caller, no permission; they take effect with the delay. */
export const roleVerbs = ({ rbac }: World): { breaks: SimVerb[]; repairs: SimVerb[] } => ({
  breaks: [
    {
      name: 'remove-role-assignment',
      title: 'Take a role away from a principal',
      parameters,
      run: (input) => {
        const { scope, role, principalId } = grant.parse(input);
        const name = rbac.definition(role)?.name;
        const found = rbac
          .assignments()
          .find(
            (each) =>
              each.role === name &&
              each.principalId === principalId &&
              each.scope.toLowerCase() === scope.toLowerCase(),
          );
        if (!found) throw new Error(`'${principalId}' does not hold the role '${role}' at '${scope}'.`);
        return rbac.unassign(found.scope, found.name);
      },
    },
  ],
  repairs: [
    {
      name: 'add-role-assignment',
      title: 'Give a role to a principal',
      parameters,
      run: (input) => rbac.assign(grant.parse(input)),
    },
  ],
});
