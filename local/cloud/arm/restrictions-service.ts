import { z } from 'zod';
import { recordManualAct } from '../activity-log/record-manual-act.ts';
import type { Service, SimVerb, World } from '../service.ts';
import { DENIALS, denyAssignmentId } from './deny-assignments.ts';
import { denyRoutes } from './deny-routes.ts';
import { POLICIES, policyId } from './policies.ts';
import { policyRoutes } from './policy-routes.ts';

const named = z.object({ scope: z.string().startsWith('/'), name: z.string().min(1) });
const policy = named.extend({
  name: z.string().min(1).default('guardrails'),
  type: z.string().min(3),
  demands: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  mostDays: z.coerce.number().min(0).optional(),
});
const denial = named.extend({
  name: z.string().min(1).default('Deny assignment created by Deployment Stack shop'),
  actions: z.array(z.string()).default(['*/write', '*/delete']),
  dataActions: z.array(z.string()).default([]),
  excluded: z.array(z.string()).default([]),
});
const limit = z.object({ most: z.coerce.number().int().min(0) });

const scope = { scope: 'id of a subscription, resource group or resource' };

const breaksOf = (world: World): SimVerb[] => {
  const told = (target: string, operationName: string) => recordManualAct(world, { target, operationName });
  return [
    {
      name: 'assign-policy',
      title: 'Azure Policy denies writes of a type that are not as it demands',
      parameters: {
        ...scope,
        'name?': "'guardrails' when left out",
        type: 'Microsoft.KeyVault/vaults, or Microsoft.KeyVault.Data/vaults/keys at the data plane',
        'demands?':
          'what the body of a write must say, by path: {"tags.owner":"*"}; every write is denied when left out',
        'mostDays?': 'of a key: the longest validity from now on',
      },
      run: (input) => {
        const one = world.policies.assign(policy.parse(input));
        told(policyId(one), `${POLICIES}/write`);
        return { ...one, id: policyId(one) };
      },
    },
    {
      name: 'deny',
      title: 'A deny assignment forbids what roles allow',
      parameters: {
        ...scope,
        'name?': 'what made it, in words',
        'actions?': '*/write and */delete when left out',
        'dataActions?': 'none when left out',
        'excluded?': 'object ids that it does not bind',
      },
      run: (input) => {
        const one = world.denials.put(denial.parse(input));
        return { ...one, id: denyAssignmentId(one) };
      },
    },
    {
      name: 'limit-role-assignments',
      title: 'A subscription takes no more role assignments than so many',
      parameters: { most: 'whole number; 4,000 to begin with' },
      run: (input) => {
        world.switches.roleAssignmentLimit = limit.parse(input).most;
      },
    },
  ];
};

const repairsOf = (world: World): SimVerb[] => [
  {
    name: 'unassign-policy',
    title: 'A policy assignment is taken away',
    parameters: { ...scope, 'name?': "'guardrails' when left out" },
    run: (input) => {
      const { scope: at, name } = policy.pick({ scope: true, name: true }).parse(input);
      if (!world.policies.unassign(at, name)) throw new Error(`There is no policy assignment '${name}' at ${at}.`);
      recordManualAct(world, { target: policyId({ scope: at, name }), operationName: `${POLICIES}/delete` });
    },
  },
  {
    name: 'undeny',
    title: 'What made a deny assignment takes it away',
    parameters: { ...scope, 'name?': 'as it was given' },
    run: (input) => {
      const { scope: at, name } = denial.pick({ scope: true, name: true }).parse(input);
      if (!world.denials.remove(at, name)) throw new Error(`There is no deny assignment '${name}' at ${at}.`);
      const target = `${at}/providers/${DENIALS}/${denyAssignmentId({ scope: at, name })}`;
      recordManualAct(world, { target, operationName: `${DENIALS}/delete` });
    },
  },
];

/**
 * The restrictions that stop a caller in spite of its roles: policies, deny assignments, limits. Locks have a service of their
 * own.
 */
export const createRestrictionsService = (world: World): Service => ({
  name: 'restrictions',
  routes: [...policyRoutes(world), ...denyRoutes(world)],
  breaks: breaksOf(world),
  repairs: repairsOf(world),
  snapshot: () => ({
    policies: world.policies.all(),
    exemptions: world.policies.exemptions(),
    denyAssignments: world.denials.all(),
  }),
});
