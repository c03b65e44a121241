import { apiVersion } from './api-versions.ts';
import type { Json } from './canonical.ts';
import { azValue } from './shell-word.ts';

/** The Azure CLI would read the text behind `=@` as the name of a file. JSON allows to escape the sign. */
const bodyOf = (body: Json): string => JSON.stringify(body).replaceAll('=@', '=\\u0040');

const patch = (id: string, version: string, body: Json): string =>
  `az rest --method patch --url ${azValue(`${id}?api-version=${version}`)} --body ${azValue(bodyOf(body))}`;

/**
 * A PATCH by the REST API, in back-quotes: for changes that the Azure CLI has no option for, or refuses itself. The id contains
 * the subscription.
 */
export const patchCommand = (id: string, version: string, body: Json): string => `\`${patch(id, version, body)}\``;

/**
 * Turns soft delete on, which nobody can turn off again. The present Azure CLI has no option for it: 2.91 does not know `az
 * keyvault update --enable-soft-delete`.
 */
export const patchSoftDelete = (vaultId: string): string =>
  patch(vaultId, apiVersion('Microsoft.KeyVault/vaults'), { properties: { enableSoftDelete: true } });
