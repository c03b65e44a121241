import type { Cloud } from '../cloud/cloud.ts';
import type { Principal } from '../cloud/entra/entra.ts';

/** The people to choose from: those of the world with a role in the product. */
export const peopleOf = ({ world }: Cloud): readonly Principal[] =>
  world.entra
    .principals()
    .filter(({ kind, roles, tenantId }) => kind === 'User' && tenantId === world.entra.tenantId && roles.length > 0);
