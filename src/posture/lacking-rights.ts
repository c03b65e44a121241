import { DATA_ACTIONS } from '../remediation/model/data-actions.ts';
import type { VaultFacts } from '../remediation/model/facts.ts';
import { OBSERVE_READS } from '../remediation/model/observe-reads.ts';
import { PART_NAMES, type PartName, ROLE_PARTS } from '../remediation/model/role-parts.ts';
import { azValue as word } from '../remediation/model/shell-word.ts';
import { givePart } from './commands.ts';
import type { OwnGrant, OwnRights, VaultReach } from './coverage-facts.ts';
import type { PostureLine } from './lines.ts';
import { RIGHTS_ROW } from './lines-of-rights.ts';
import { mayDo, mayDoWithKeys } from './missing-rights.ts';
import { runbookOf } from './runbooks.ts';
import { unreadAt } from './unread-at.ts';

const actionsOf = (part: PartName): readonly string[] => (part === 'observe' ? OBSERVE_READS : ROLE_PARTS[part].writes);

/**
 * Only a vault with role-based access needs data actions. Missing permissions of an access policy are in the coverage
 * of the steps.
 */
const lackedWithKeys = (part: PartName, vault: VaultFacts, grants: readonly OwnGrant[]): readonly string[] =>
  part === 'keys' && vault.permissionModel === 'rbac'
    ? DATA_ACTIONS.filter((action) => !mayDoWithKeys(grants, action, vault.id))
    : [];

const sentence = (part: PartName, lacking: readonly string[], id: string): string =>
  `The product may not ${lacking.join(', ')} at ${id}, which its part ${ROLE_PARTS[part].roleName} allows as infra/custom-role-${part}.json has it. What Azure leaves out of a list for want of it looks as if it were not there.`;

const commandFor = (part: PartName, isWhole: boolean, objectId: string, id: string): string =>
  isWhole ? givePart(part, objectId, id) : `az role definition list --name ${word(ROLE_PARTS[part].roleName)}`;

type Place = { readonly part: PartName; readonly id: string; readonly kind: PostureLine['kind'] };

const placesOf = ({ consumers }: VaultReach, { id }: VaultFacts): readonly Place[] =>
  PART_NAMES.flatMap((part): readonly Place[] =>
    part === 'consumers'
      ? consumers.map((one) => ({ part, id: one.id, kind: one.kind }))
      : [{ part, id, kind: 'vault' }],
  );

const lineAt = (
  { part, id, kind }: Place,
  vault: VaultFacts,
  own: OwnRights,
  grants: readonly OwnGrant[],
): readonly PostureLine[] => {
  const actions = actionsOf(part);
  const lacking = [...actions.filter((action) => !mayDo(grants, action, id)), ...lackedWithKeys(part, vault, grants)];
  // A list that was refused may hold what seems to be lacking: the coverage says that it is unknown there.
  if (lacking.length === 0 || unreadAt(own.unread, id) !== undefined) return [];
  return [
    {
      row: RIGHTS_ROW,
      check: 'roleIsWhole',
      subject: id,
      kind,
      verdict: 'fail',
      evidence: sentence(part, lacking, id),
      plan: [commandFor(part, lacking.length >= actions.length, own.objectId, id)],
      runbook: runbookOf('productOutOfSight'),
    },
  ];
};

/**
 * The missing rights of the product's role: a line for each part and place. Resource Graph never says that it hides a
 * row, so only these lines explain why a check finds nothing.
 */
export const linesOfLacking = (reach: VaultReach): readonly PostureLine[] => {
  const { vault, own } = reach;
  if (vault.kind !== 'present' || own.kind !== 'present' || own.value.grants.kind !== 'present') return [];
  const { value: grants } = own.value.grants;
  return placesOf(reach, vault.value).flatMap((place) => lineAt(place, vault.value, own.value, grants));
};
