import { normalScope, within } from './scope.ts';

/** The values that a policy demands of a resource, by the path of the property. `*`: any value but an absent one. */
export type Demands = Readonly<Record<string, string | number | boolean>>;

/**
 * An assignment of a policy with the effect deny. `type`: `Microsoft.KeyVault/vaults`, or `Microsoft.KeyVault.Data/vaults/keys`
 * at the data plane. Without demands every write is denied. `mostDays`: the longest validity of a key from now on.
 */
export type PolicyAssignment = {
  scope: string;
  name: string;
  type: string;
  demands: Demands;
  mostDays?: number | undefined;
};

export type PolicyExemption = { scope: string; name: string; policyAssignmentId: string };

export type PolicyAsked = { scope: string; type: string; body: unknown; now: number };

/** Azure Policy (Microsoft.Authorization/policyAssignments), as far as it denies. */
export type Policies = {
  assign(assignment: PolicyAssignment): PolicyAssignment;
  get(scope: string, name: string): PolicyAssignment | undefined;
  unassign(scope: string, name: string): boolean;
  exempt(exemption: PolicyExemption): PolicyExemption;
  all(): PolicyAssignment[];
  exemptions(): PolicyExemption[];
  /** The policy assignments that deny this write. */
  denying(asked: PolicyAsked): PolicyAssignment[];
};

export const POLICIES = 'Microsoft.Authorization/policyAssignments';

export const policyId = ({ scope, name }: Pick<PolicyAssignment, 'scope' | 'name'>): string =>
  `${scope}/providers/${POLICIES}/${name}`;

const keyOf = (scope: string, name: string): string => `${normalScope(scope)} ${name.toLowerCase()}`;

const valueAt = (body: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined), body);

const isMet = (body: unknown, path: string, wanted: Demands[string]): boolean => {
  const value = valueAt(body, path);
  return wanted === '*' ? value !== undefined && value !== null && value !== '' : value === wanted;
};

const lastsTooLong = (body: unknown, mostDays: number | undefined, now: number): boolean => {
  const exp = valueAt(body, 'attributes.exp');
  return mostDays !== undefined && typeof exp === 'number' && exp * 1000 > now + mostDays * 86_400_000;
};

const denies = (one: PolicyAssignment, { body, now }: PolicyAsked): boolean => {
  if (one.mostDays !== undefined) return lastsTooLong(body, one.mostDays, now);
  const demands = Object.entries(one.demands);
  return demands.length === 0 || demands.some(([path, wanted]) => !isMet(body, path, wanted));
};

/** The policy assignments of a world, of which there is none at first. */
export const createPolicies = (): Policies => {
  const assignments = new Map<string, PolicyAssignment>();
  const exemptions = new Map<string, PolicyExemption>();
  const isExempt = (one: PolicyAssignment, scope: string): boolean =>
    [...exemptions.values()].some(
      (each) =>
        normalScope(each.policyAssignmentId) === normalScope(policyId(one)) &&
        within(normalScope(scope), normalScope(each.scope)),
    );
  return {
    assign: (one) => {
      assignments.set(keyOf(one.scope, one.name), one);
      return one;
    },
    get: (scope, name) => assignments.get(keyOf(scope, name)),
    unassign: (scope, name) => assignments.delete(keyOf(scope, name)),
    exempt: (one) => {
      exemptions.set(keyOf(one.scope, one.name), one);
      return one;
    },
    all: () => [...assignments.values()],
    exemptions: () => [...exemptions.values()],
    denying: (asked) =>
      [...assignments.values()].filter(
        (one) =>
          one.type.toLowerCase() === asked.type.toLowerCase() &&
          within(normalScope(asked.scope), normalScope(one.scope)) &&
          !isExempt(one, asked.scope) &&
          denies(one, asked),
      ),
  };
};
