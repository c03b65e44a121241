import { decodeJwt } from 'jose';
import { ROLES } from '../../src/surface.ts';
import { NotSignedIn } from '../failure.ts';
import type { Surroundings } from '../surroundings.ts';
import { settingsOf } from './settings-of.ts';
import type { Way } from './ways.ts';

type Wanted = { readonly url: string; readonly scope: string | undefined; readonly way: Way | undefined };

const rolesIn = (token: string): readonly unknown[] => {
  try {
    const { roles } = decodeJwt(token);
    return Array.isArray(roles) ? roles : [];
  } catch {
    return [];
  }
};

const bearsRole = (token: string): boolean => rolesIn(token).some((role) => ROLES.some((one) => one === role));

const notSent = (url: string, scope: string): string =>
  `The token for ${scope}, which ${url} asks for, has no role of a CMK Guardian (${ROLES.join(', ')}), and is not sent: whoever answers there could use it elsewhere. Is the address right? Then have a role given to you, or name the scope yourself by --scope-of-api.`;

/**
 * A token for the app at this address. Where the app itself names the scope, an attacker's app could name Azure Resource Manager
 * or Key Vault: tokens for these never have a role of the product, and a token without such a role is refused here.
 */
export const tokenAt = async ({ url, scope, way }: Wanted, signIn: Surroundings['signIn']): Promise<string> => {
  const settings = await settingsOf(url, scope);
  const token = await signIn(way, settings);
  if (scope === undefined && !bearsRole(token)) throw new NotSignedIn(notSent(url, settings.scope));
  return token;
};
