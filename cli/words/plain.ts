const KEY = /https:\/\/([a-z0-9-]+)\.[a-z.]+\/keys\/([\w-]+)(?:\/([0-9a-f]{8})[0-9a-f]{24})?/gi;
const RESOURCE = /\/subscriptions\/[\w-]+(?:\/[\w.()-]+)*\/([\w()-]+)/gi;

/** A sentence of the API with names instead of ids, for a screen that is too narrow for them; every id is in the other forms of output. */
export const plain = (sentence: string): string =>
  sentence
    .replaceAll(KEY, (_all, vault: string, key: string, version?: string) =>
      version ? `${vault}/${key} (version ${version})` : `${vault}/${key}`,
    )
    .replaceAll(RESOURCE, (_all, name: string) => name);
