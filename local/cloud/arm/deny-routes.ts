import type { Call, Route, World } from '../service.ts';
import { DENIALS, type DenyAssignment, denyAssignmentId } from './deny-assignments.ts';
import { page } from './page.ts';
import { normalScope, within } from './scope.ts';

const json = (one: DenyAssignment) => ({
  id: `${one.scope}/providers/${DENIALS}/${denyAssignmentId(one)}`,
  type: DENIALS,
  name: denyAssignmentId(one),
  properties: {
    denyAssignmentName: one.name,
    scope: one.scope,
    permissions: [{ actions: one.actions, notActions: [], dataActions: one.dataActions, notDataActions: [] }],
    principals: [{ id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' }],
    excludePrincipals: one.excluded.map((id) => ({ id, type: 'ServicePrincipal' })),
    isSystemProtected: true,
  },
});

/** Deny assignments can only be read: the service that made one deletes it. */
export const denyRoutes = ({ denials }: World): Route[] => [
  {
    plane: 'arm',
    method: 'GET',
    path: `/{scope*}/providers/${DENIALS}`,
    apiVersions: ['2018-07-01-preview', '2022-04-01'],
    action: `${DENIALS}/read`,
    handle: (call: Call) => {
      const scope = normalScope(`/${call.params['scope'] ?? ''}`);
      return page(
        call,
        denials
          .all()
          .filter((one) => within(scope, normalScope(one.scope)))
          .map(json),
      );
    },
  },
];
