/** A public host of releases, which every client may read. It does not belong to Azure. */
export const RELEASE_HOST = 'releases.contoso.com';

/** Files by the path of their URL. */
export type Releases = {
  publish(path: string, bytes: Uint8Array): string;
  at(path: string): Uint8Array | undefined;
  paths(): string[];
};

export const createReleases = (): Releases => {
  const files = new Map<string, Uint8Array>();
  return {
    publish: (path, bytes) => {
      files.set(path, bytes);
      return `https://${RELEASE_HOST}${path}`;
    },
    at: (path) => files.get(path),
    paths: () => [...files.keys()],
  };
};
