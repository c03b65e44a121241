import { DATA_ACTIONS } from './data-actions.ts';
import { GIVEN_ROLES } from './given-roles.ts';
import { PROFILES } from './profiles.ts';
import { formatResourceId, groupOf, subscriptionOf } from './resource-id.ts';
import { azValue as word } from './shell-word.ts';
import { JOIN_SUBNET } from './subnet-join.ts';

/** A part of the product's role: a role definition in infra/ that can be assigned and removed without the others. */
export type RolePart = {
  readonly roleName: string;
  /** The writes in Resource Manager that this part allows. All reads are in the part `observe`. */
  readonly writes: readonly string[];
  readonly dataActions: readonly string[];
  /** The level at which this part is assigned. */
  readonly at: 'subscription' | 'resourceGroup';
};

/** The actions that set the key of any kind of consumer, give it an identity, and start its machines. */
const ON_CONSUMERS: readonly string[] = [
  ...new Set(
    Object.values(PROFILES)
      .flatMap(({ actions: { setKey, assignIdentity } }) => [...setKey, ...assignIdentity])
      .filter((action) => !action.endsWith('/read')),
  ),
  'Microsoft.Compute/virtualMachines/start/action',
];

export const ROLE_PARTS = {
  observe: { roleName: 'CMK Guardian Observe', writes: [], dataActions: [], at: 'subscription' },
  keys: {
    roleName: 'CMK Guardian Keys',
    writes: [
      'Microsoft.KeyVault/vaults/write',
      JOIN_SUBNET,
      'Microsoft.EventGrid/eventSubscriptions/write',
      'Microsoft.Insights/diagnosticSettings/write',
    ],
    dataActions: DATA_ACTIONS,
    at: 'subscription',
  },
  grants: {
    roleName: 'CMK Guardian Grants',
    writes: ['Microsoft.KeyVault/vaults/accessPolicies/write', 'Microsoft.Authorization/roleAssignments/write'],
    dataActions: [],
    at: 'subscription',
  },
  consumers: {
    roleName: 'CMK Guardian Consumers',
    writes: ON_CONSUMERS,
    dataActions: [],
    at: 'resourceGroup',
  },
} as const satisfies Readonly<Record<string, RolePart>>;

export type PartName = keyof typeof ROLE_PARTS;

export const PART_NAMES = Object.keys(ROLE_PARTS) as readonly PartName[];

/** The part of the role that allows this action in Resource Manager; `observe` for an action that changes nothing. */
export const partOfAction = (action: string): PartName =>
  PART_NAMES.find((part) => ROLE_PARTS[part].writes.some((write) => write.toLowerCase() === action.toLowerCase())) ??
  'observe';

/**
 * The condition with which `grants` is assigned, the same as in infra/role-assignment-condition.txt: only two roles, only to
 * service principals, and never to the product itself.
 */
export const grantsCondition = (objectId: string): string => {
  const about = (action: 'write' | 'delete', source: '@Request' | '@Resource'): string => {
    const attribute = (name: string) => `${source}[Microsoft.Authorization/roleAssignments:${name}]`;
    const role = `${attribute('RoleDefinitionId')} ForAnyOfAnyValues:GuidEquals {${Object.values(GIVEN_ROLES).join(', ')}}`;
    const type = `${attribute('PrincipalType')} ForAnyOfAnyValues:StringEqualsIgnoreCase {'ServicePrincipal'}`;
    const others = `${attribute('PrincipalId')} ForAnyOfAllValues:GuidNotEquals {${objectId}}`;
    return `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/${action}'})) OR ((${role} AND ${type}) AND ${others}))`;
  };
  return `${about('write', '@Request')} AND ${about('delete', '@Resource')}`;
};

/** The scope at which a part must be assigned to reach a resource. */
export const scopeOfPart = (part: PartName, id: string): string => {
  const subscriptionId = subscriptionOf(id);
  if (subscriptionId === '') return id;
  const resourceGroup = groupOf(id);
  const isNarrow = ROLE_PARTS[part].at === 'resourceGroup' && resourceGroup !== '';
  return formatResourceId(isNarrow ? { subscriptionId, resourceGroup } : { subscriptionId });
};

/** The command that assigns a part of the role to the product at a scope; `grants` always comes with its condition. */
export const assignPart = (part: PartName, objectId: string, scope: string): string =>
  [
    `az role assignment create --role ${word(ROLE_PARTS[part].roleName)} --assignee-object-id ${word(objectId)}`,
    `--assignee-principal-type ServicePrincipal --scope ${word(scope)}`,
    ...(part === 'grants' ? [`--condition-version 2.0 --condition ${word(grantsCondition(objectId))}`] : []),
  ].join(' ');
