import { type Facts, known, type Site } from './facts.ts';

export type Principal =
  | { readonly kind: 'known'; readonly principalId: string; readonly clientId?: string }
  | { readonly kind: 'missing'; readonly clientId?: string }
  | { readonly kind: 'unknown' };

const CLIENT_ID = 'GUARDIAN_IDENTITY_CLIENT_ID';

const userAssigned = ({ userIdentities }: Site, clientId: string): Principal => {
  const found = userIdentities.find((one) => one.clientId.toLowerCase() === clientId.toLowerCase());
  return found ? { kind: 'known', principalId: found.principalId, clientId } : { kind: 'missing', clientId };
};

/** The principal of the app: the identity that its settings name, else its own identity. */
export const principalOf = ({ site, settings }: Pick<Facts, 'site' | 'settings'>): Principal => {
  const [there, set] = [known(site), known(settings)];
  if (!there || !set) return { kind: 'unknown' };
  const clientId = set[CLIENT_ID]?.trim();
  if (clientId) return userAssigned(there, clientId);
  const { systemPrincipalId } = there;
  return systemPrincipalId ? { kind: 'known', principalId: systemPrincipalId } : { kind: 'missing' };
};
