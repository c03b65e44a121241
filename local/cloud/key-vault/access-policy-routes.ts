import { AzureError } from '../arm/error.ts';
import type { Route } from '../service.ts';
import type { PolicyOperation } from './access-policies.ts';
import { findVault, VAULT_PATH, VAULT_VERSIONS } from './find-vault.ts';
import type { KeyVault } from './key-vault.ts';
import { parseBody } from './parse-body.ts';
import { writtenAccess } from './vault.ts';
import { VAULT_TYPE } from './vault-body.ts';
import { policiesPut } from './vault-request.ts';

const operationOf = (text = ''): PolicyOperation => {
  const found = (['add', 'replace', 'remove'] as const).find((one) => one === text.toLowerCase());
  if (found) return found;
  throw new AzureError(400, 'BadRequest', `'${text}' is not an operation on access policies: add, replace or remove.`);
};

/** `PUT …/accessPolicies/{add|replace|remove}`: the only way to change one identity's access without the others'. */
export const accessPolicyRoutes = (keyVault: KeyVault): Route[] => [
  {
    plane: 'arm',
    method: 'PUT',
    path: `${VAULT_PATH}/accessPolicies/{operation}`,
    apiVersions: VAULT_VERSIONS,
    action: 'Microsoft.KeyVault/vaults/accessPolicies/write',
    handle: (call) => {
      const { properties } = parseBody(policiesPut, call.body, 'BadRequest');
      const operation = operationOf(call.params['operation']);
      const found = findVault(keyVault, call).name;
      const vault = keyVault.changePolicies(found, operation, properties.accessPolicies);
      const body = {
        id: `${vault.id}/accessPolicies/`,
        type: `${VAULT_TYPE}/accessPolicies`,
        location: vault.location,
        properties: { accessPolicies: writtenAccess(vault).policies },
      };
      return { status: 200, body };
    },
  },
];
