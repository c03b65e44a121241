type Named = {
  readonly functionApp?: string;
  readonly storage:
    | { readonly kind: 'account'; readonly account: string }
    | { readonly kind: 'connectionString'; readonly connectionString: string };
  readonly tablePrefix: string;
};

const accountOf = ({ storage }: Named): string => {
  if (storage.kind === 'account') return storage.account;
  return /AccountName=([^;]+)/i.exec(storage.connectionString)?.[1]?.toLowerCase() ?? 'devstoreaccount1';
};

/**
 * `source` of the product's events: the resource id of its function app. Where the settings do not name the app, the
 * place of its records, which no other installation shares and no restart changes.
 */
export const sourceOf = (named: Named): string =>
  named.functionApp ?? `urn:cmk-guardian:${accountOf(named)}:${named.tablePrefix}`;
