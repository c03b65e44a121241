import { apiVersion } from './api-versions.ts';
import type { Json } from './canonical.ts';
import { azValue } from './shell-word.ts';

/** `=@` would begin the name of a file; in JSON the sign may be escaped. */
const bodyOf = (body: Json): string => JSON.stringify(body).replaceAll('=@', '=\\u0040');

const patch = (id: string, version: string, body: Json): string =>
  `az rest --method patch --url ${azValue(`${id}?api-version=${version}`)} --body ${azValue(bodyOf(body))}`;

/** A PATCH by the REST API, in back-quotes: for what the Azure CLI has no option, or refuses by itself. The id says in which subscription. */
export const patchCommand = (id: string, version: string, body: Json): string => `\`${patch(id, version, body)}\``;

/**
 * Turns soft delete on, which cannot be turned off again. The present Azure CLI has no option for it: 2.91 knows no
 * `az keyvault update --enable-soft-delete`.
 */
export const patchSoftDelete = (vaultId: string): string =>
  patch(vaultId, apiVersion('Microsoft.KeyVault/vaults'), { properties: { enableSoftDelete: true } });
