import { z } from 'zod';
import type { Call, Route, World } from '../service.ts';
import { AzureError } from './error.ts';
import { page } from './page.ts';
import { POLICIES, type PolicyAssignment, policyId } from './policies.ts';
import { readBody } from './read-body.ts';
import { normalScope, within } from './scope.ts';

const EXEMPTIONS = 'Microsoft.Authorization/policyExemptions';

const exemptionBody = z.object({
  properties: z.object({ policyAssignmentId: z.string(), exemptionCategory: z.enum(['Waiver', 'Mitigated']) }),
});

const scopeOf = ({ params }: Call): string => `/${params['scope'] ?? ''}`;
const nameOf = ({ params }: Call): string => params['name'] ?? '';

const assignmentJson = (one: PolicyAssignment) => ({
  id: policyId(one),
  type: POLICIES,
  name: one.name,
  properties: { scope: one.scope, displayName: one.name, enforcementMode: 'Default', parameters: one.demands },
});

/** The policies that hold at a scope: those that are assigned there or above it. */
const listed = ({ policies }: World, call: Call): PolicyAssignment[] =>
  policies.all().filter((one) => within(normalScope(scopeOf(call)), normalScope(one.scope)));

/** Policy assignments, and exemptions from them, as extensions of any scope. Only a verb of `/_sim` assigns them. */
export const policyRoutes = (world: World): Route[] => {
  const route = (method: string, path: string, verb: string, handle: Route['handle'], type = POLICIES): Route => ({
    plane: 'arm',
    method,
    path: `/{scope*}/providers/${type}${path}`,
    apiVersions: ['2022-07-01-preview', '2023-04-01', '2025-01-01'],
    action: `${type}/${verb}`,
    handle,
  });
  return [
    route('GET', '', 'read', (call) => page(call, listed(world, call).map(assignmentJson))),
    route('GET', '/{name}', 'read', (call) => {
      const found = world.policies.get(scopeOf(call), nameOf(call));
      if (found) return { status: 200, body: assignmentJson(found) };
      throw new AzureError(
        404,
        'PolicyAssignmentNotFound',
        `The policy assignment '${nameOf(call)}' could not be found.`,
      );
    }),
    route('DELETE', '/{name}', 'delete', (call) => ({
      status: world.policies.unassign(scopeOf(call), nameOf(call)) ? 200 : 204,
    })),
    route(
      'PUT',
      '/{name}',
      'write',
      (call) => {
        const { properties } = readBody(exemptionBody, call.body);
        const one = { scope: scopeOf(call), name: nameOf(call), policyAssignmentId: properties.policyAssignmentId };
        world.policies.exempt(one);
        return {
          status: 201,
          body: { id: `${one.scope}/providers/${EXEMPTIONS}/${one.name}`, name: one.name, properties },
        };
      },
      EXEMPTIONS,
    ),
  ];
};
