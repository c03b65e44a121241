import { covers } from '../../remediation/model/action-pattern.ts';
import type { KeyPermission } from '../../remediation/model/key-permission.ts';

/** One block of a role definition (Microsoft.Authorization/roleDefinitions). Blocks add up. */
export type RolePermission = Readonly<
  Record<'actions' | 'notActions' | 'dataActions' | 'notDataActions', readonly string[]>
>;

/** The rights of a key's access path that a role can give. `reader`: reading the vault as a resource. */
export type Right = KeyPermission | 'reader';

const KEYS = 'Microsoft.KeyVault/vaults/keys';

/** Learn: "Azure permissions for Security", Microsoft.KeyVault. Reading keys includes listing them. */
const DATA_ACTIONS: Readonly<Record<KeyPermission, string>> = {
  get: `${KEYS}/read`,
  list: `${KEYS}/read`,
  unwrapKey: `${KEYS}/unwrap/action`,
  wrapKey: `${KEYS}/wrap/action`,
};

const READ_VAULT = 'Microsoft.KeyVault/vaults/read';

const gives = ({ actions, notActions, dataActions, notDataActions }: RolePermission, right: Right): boolean =>
  right === 'reader'
    ? covers(actions, READ_VAULT) && !covers(notActions, READ_VAULT)
    : covers(dataActions, DATA_ACTIONS[right]) && !covers(notDataActions, DATA_ACTIONS[right]);

/** Whether a role gives a right. `notActions` of one block do not limit another block. */
export const roleGives = (role: readonly RolePermission[], right: Right): boolean =>
  role.some((block) => gives(block, right));
