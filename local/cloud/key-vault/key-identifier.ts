export type KeyIdentifier = { vault: string; name: string; version?: string };

/** Takes `https://{vault}.vault.azure.net/keys/{name}[/{version}]` apart; undefined for anything else. */
const HSM_KEY = /^https:\/\/[a-z0-9-]+\.managedhsm\.azure\.net(?::443)?\/keys\/[a-z0-9-]+(?:\/[a-z0-9]+)?\/?$/i;

/** Whether it names a key of a Managed HSM. */
export const isOfManagedHsm = (kid: string): boolean => HSM_KEY.test(kid);

export const parseKeyIdentifier = (kid: string): KeyIdentifier | undefined => {
  const match = /^https:\/\/([a-z0-9-]+)\.vault\.azure\.net(?::443)?\/keys\/([a-z0-9-]+)(?:\/([a-z0-9]+))?\/?$/i.exec(
    kid,
  );
  if (!match) return undefined;
  const [, vault = '', name = '', version] = match;
  return version === undefined ? { vault, name } : { vault, name, version };
};
