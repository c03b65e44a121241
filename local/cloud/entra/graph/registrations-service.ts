import { z } from 'zod';
import type { Service, World } from '../../service.ts';

const giving = z.object({
  principal: z.string(),
  role: z.enum([
    'Global Administrator',
    'Application Administrator',
    'Cloud Application Administrator',
    'Application Developer',
    'Global Reader',
  ]),
});

/**
 * The registrations of the directory, and the people who administer them. All other changes of registrations go through Graph.
 */
export const registrationsService = ({ entra }: World): Service => ({
  name: 'registrations',
  routes: [],
  breaks: [],
  repairs: [
    {
      name: 'give-directory-role',
      title: 'Give somebody a role of the directory',
      parameters: { principal: 'name or object id', role: 'display name of the built-in role' },
      run: (input) => {
        const { principal, role } = giving.parse(input);
        const found = entra.principals().find(({ objectId, name }) => [objectId, name].includes(principal));
        if (!found) throw new Error(`There is no principal '${principal}'.`);
        entra.directoryRoles.give(found.objectId, role);
        return { principal: found.objectId, role };
      },
    },
  ],
  snapshot: () => ({
    applications: entra.registrations.all(),
    assignments: entra.registrations.assignments(),
  }),
});
