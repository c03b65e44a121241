const PREFIX = 'AzureWebJobsStorage';

export type HostStorage = {
  /** Whether there is a connection string; its value is secret and is not kept. */
  readonly byKey: boolean;
  /** The settings that name the account, for access by identity. */
  readonly byIdentity: readonly string[];
  /** The name of the account, where the settings have it. */
  readonly account?: string;
  readonly clientId?: string;
};

const accountOf = (settings: Readonly<Record<string, string>>): string | undefined => {
  const named = settings[`${PREFIX}__accountName`]?.trim();
  if (named) return named.toLowerCase();
  const uris = ['blob', 'queue', 'table'].flatMap((service) => settings[`${PREFIX}__${service}ServiceUri`] ?? []);
  const [uri] = uris;
  return uri !== undefined && URL.canParse(uri) ? new URL(uri).hostname.split('.')[0]?.toLowerCase() : undefined;
};

/** How the Functions host reaches its storage, as its settings say: https://learn.microsoft.com/azure/azure-functions/functions-reference */
export const hostStorageOf = (settings: Readonly<Record<string, string>>): HostStorage => {
  const [account, clientId] = [accountOf(settings), settings[`${PREFIX}__clientId`]?.trim()];
  return {
    byKey: Boolean(settings[PREFIX]?.trim()),
    byIdentity: Object.keys(settings).filter((name) => /^AzureWebJobsStorage__(accountName|\w+ServiceUri)$/.test(name)),
    ...(account && { account }),
    ...(clientId && { clientId }),
  };
};

/** The storage accounts in the settings. */
export const accountsNamed = (settings: Readonly<Record<string, string>>): readonly string[] => {
  const names = [
    hostStorageOf(settings).account,
    settings['GUARDIAN_STORAGE_ACCOUNT'],
    settings['GUARDIAN_ANCHORS_ACCOUNT'],
  ];
  return [...new Set(names.flatMap((name) => (name?.trim() ? [name.trim().toLowerCase()] : [])))];
};
