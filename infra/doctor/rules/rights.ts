import { subscriptionOf } from '../../../src/remediation/model/resource-id.ts';
import { PART_NAMES, type PartName, ROLE_PARTS } from '../../../src/remediation/model/role-parts.ts';
import { type Permissions, readCondition, readRolePart } from '../../definitions.ts';
import { type Assignment, type Fact, type Facts, known } from '../facts.ts';
import { type Finding, limits, type Rule, stops } from '../finding.ts';
import { foundBy, namedBy } from '../guarded.ts';
import { principalOf } from '../principal.ts';
import { unlessByGroup } from './by-group.ts';
import { several } from './scope.ts';

const ROLE_WRITE = 'Microsoft.Authorization/roleAssignments/write';

const squeezed = (text: string): string => text.replaceAll(/\s+/g, '').toLowerCase();

const allows = (held: readonly string[], action: string): boolean =>
  held.some((one) => new RegExp(`^${one.replaceAll(/[.]/g, '\\.').replaceAll('*', '.*')}$`, 'i').test(action));

/** Whatever its name, a role counts as the part where it allows everything that the part allows. */
const isPart = ({ actions, dataActions }: Assignment, part: Permissions): boolean =>
  part.actions.every((one) => allows(actions, one)) && part.dataActions.every((one) => allows(dataActions, one));

const WITHOUT: Readonly<Record<PartName, string>> = {
  observe: 'it sees nothing',
  keys: 'it recovers and extends no key and no vault',
  grants: 'it lets no consumer in again',
  consumers: 'it has no consumer try its key again',
};

const assign = (subscriptionId: string, part: PartName, principalId: string): string => {
  const { at } = ROLE_PARTS[part];
  const inGroup = at === 'resourceGroup' ? '/resourceGroups/<group of the consumers>' : '';
  return assignAt(`/subscriptions/${subscriptionId}${inGroup}`, part, principalId);
};

const assignAt = (scope: string, part: PartName, principalId: string): string => {
  const { roleName } = ROLE_PARTS[part];
  const command = `az role assignment create --assignee-object-id ${principalId} --assignee-principal-type ServicePrincipal --role '${roleName}' --scope ${scope}`;
  if (part !== 'grants') return command;
  return `${command} --condition "$(sed 's/<principal id>/${principalId}/g' infra/role-assignment-condition.txt)" --condition-version 2.0`;
};

/** The assignments of the identity in a subscription. */
const heldIn = (facts: Facts, id: string): Fact<readonly Assignment[]> =>
  id === facts.subscriptionId.toLowerCase() ? facts.assignments : (facts.elsewhere[id] ?? { kind: 'absent' });

/** An assignment above several subscriptions is listed in each of them. */
const everythingHeld = ({ assignments, elsewhere }: Facts): readonly Assignment[] => {
  const all = [assignments, ...Object.values(elsewhere)].flatMap((fact) => known(fact) ?? []);
  return [...new Map(all.map((one) => [`${one.scope} ${one.roleId} ${one.through?.id}`.toLowerCase(), one])).values()];
};

const partsAreThere: Rule = (facts) => {
  const principal = principalOf(facts);
  if (principal.kind !== 'known') return [];
  return namedBy(facts).flatMap((id) => {
    const assignments = known(heldIn(facts, id));
    if (!assignments) return [];
    return PART_NAMES.filter((part) => !assignments.some((one) => isPart(one, readRolePart(part)))).map(
      (part): Finding => {
        const weigh = part === 'observe' ? stops : limits;
        const sentence = `The app's identity has no role with what '${ROLE_PARTS[part].roleName}' allows, in subscription ${id} or above: ${WITHOUT[part]} there. Where Azure has no role of that name, define it first by infra/README.md.${unlessByGroup(facts)}`;
        return weigh(sentence, assign(id, part, principal.principalId));
      },
    );
  });
};

/**
 * An assignment that a subscription inherits may be at a management group. Only the list of the management group itself shows
 * whether the product may read its descendants.
 */
const groupsAreAsked: Rule = (facts) => {
  const principal = principalOf(facts);
  if (principal.kind !== 'known') return [];
  return Object.entries(facts.atManagementGroups).flatMap(([name, fact]) => {
    const isAbove = ({ scope }: Assignment) => !/^\/subscriptions\//i.test(scope);
    const held = known(fact)?.filter(isAbove);
    if (!held || held.some((one) => isPart(one, readRolePart('observe')))) return [];
    const scope = `/providers/Microsoft.Management/managementGroups/${name}`;
    return [
      stops(
        `The app's identity has no role with what '${ROLE_PARTS.observe.roleName}' allows at the management group ${name}: it may not ask which subscriptions lie below, and looks at none of them.${unlessByGroup(facts)}`,
        assignAt(scope, 'observe', principal.principalId),
      ),
    ];
  });
};

/** The most commands that one finding shows. */
const SHOWN = 20;

/** Parts that are missing in many subscriptions of a management group are reported in one sentence for each part. */
const partsAreBelow: Rule = (facts) => {
  const principal = principalOf(facts);
  if (principal.kind !== 'known') return [];
  const found = foundBy(facts).flatMap((id) => {
    const held = known(heldIn(facts, id));
    return held ? [{ id, held }] : [];
  });
  return PART_NAMES.flatMap((part) => {
    const lacking = found
      .filter(({ held }) => !held.some((one) => isPart(one, readRolePart(part))))
      .map(({ id }) => id);
    if (lacking.length === 0) return [];
    const commands = lacking.slice(0, SHOWN).map((id) => assign(id, part, principal.principalId));
    const sentence = `The app's identity has no role with what '${ROLE_PARTS[part].roleName}' allows, in ${lacking.length} of the subscriptions below management groups: ${WITHOUT[part]} there. They are ${several(lacking)}.${unlessByGroup(facts)}`;
    return [limits(sentence, ...commands)];
  });
};

/** Without this condition, an attacker who controls the product could assign any role to any principal. */
const conditionIsThere: Rule = (facts) => {
  const principal = principalOf(facts);
  if (principal.kind !== 'known') return [];
  const wanted = squeezed(readCondition(principal.principalId));
  return everythingHeld(facts)
    .filter(({ actions }) => allows(actions, ROLE_WRITE))
    .filter(({ condition }) => condition === undefined || squeezed(condition) !== wanted)
    .map(({ roleName, scope, condition, through }) => {
      const assigned = `The role '${roleName}' is assigned at ${scope}${through ? ` to the group '${through.name}', which the app's identity is in,` : ''}`;
      return stops(
        condition === undefined
          ? `${assigned} without the condition: the app could give anybody any role, itself included.`
          : `${assigned} with another condition than infra/role-assignment-condition.txt for this identity.`,
        `az role assignment delete --assignee ${through?.id ?? principal.principalId} --role '${roleName}' --scope ${scope}`,
        assign(subscriptionOf(scope) || facts.subscriptionId, 'grants', principal.principalId),
      );
    });
};

export const RIGHTS_RULES: readonly Rule[] = [groupsAreAsked, partsAreThere, partsAreBelow, conditionIsThere];
