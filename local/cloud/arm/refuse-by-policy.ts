import type { World } from '../service.ts';
import { AzureError } from './error.ts';
import { type PolicyAsked, type PolicyAssignment, policyId } from './policies.ts';
import { resourceTypeOf } from './resource-id.ts';
import { scopeOf } from './scope.ts';

const violation = (one: PolicyAssignment) => ({
  type: 'PolicyViolation',
  info: {
    policyDefinitionDisplayName: one.name,
    policyDefinitionEffect: 'deny',
    policyAssignmentId: policyId(one),
    policyAssignmentName: one.name,
    policyAssignmentScope: one.scope,
  },
});

/** Azure Policy judges the body of a PUT or a PATCH; actions and deletions pass a policy with the effect deny. */
export const refuseByPolicy = (world: World, method: string, path: string, body: unknown): void => {
  if (method !== 'PUT' && method !== 'PATCH') return;
  const type = resourceTypeOf(path);
  if (type.toLowerCase().startsWith('microsoft.authorization/')) return;
  const scope = scopeOf(path);
  const denying = world.policies.denying({ scope, type, body, now: world.clock.now() });
  if (denying.length === 0) return;
  const name = scope.split('/').at(-1);
  throw new AzureError(
    403,
    'RequestDisallowedByPolicy',
    `Resource '${name}' was disallowed by policy. Reasons: '${denying.map((one) => one.name).join("', '")}'. See error details for policy resource IDs.`,
    { additionalInfo: denying.map(violation) },
  );
};

/** The same refusal at the data plane. Its code is not documented: this cloud uses the texts of Resource Manager. */
export const refuseDataByPolicy = (world: World, asked: Omit<PolicyAsked, 'now'>): void => {
  const [denying] = world.policies.denying({ ...asked, now: world.clock.now() });
  if (denying === undefined) return;
  const message = `Operation is not allowed: '${asked.scope.split('/').at(-1)}' was disallowed by policy. Policy assignment: '${policyId(denying)}'.`;
  throw new AzureError(403, 'Forbidden', message, { inner: 'DisallowedByPolicy' });
};
