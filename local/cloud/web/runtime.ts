/** What is in a package, by its path there. */
export type PackageFiles = ReadonlyMap<string, Uint8Array>;

/** One start of a site's host. `name` is that of the site: what its host keeps on disk is found again by it. */
export type HostSpec = {
  name: string;
  files: PackageFiles;
  /** All of it: nothing of the environment of this process is added. */
  environment: Readonly<Record<string, string>>;
  log(line: string): void;
};

export type HostKeys = {
  masterKey: string;
  functionKeys: Record<string, string>;
  systemKeys: Record<string, string>;
};

/** A function as the host's admin API describes it. */
export type IndexedFunction = {
  name: string;
  config: { bindings: readonly { type: string }[] };
  invokeUrlTemplate: string | undefined;
};

/** A host that runs, on a port of this machine. */
export type SiteHost = {
  port: number;
  keys: HostKeys;
  functions: readonly IndexedFunction[];
  /** Resolves when its process has ended. */
  gone: Promise<unknown>;
  kill(): Promise<void>;
};

/** What runs packages. It is outside this cloud: a process for each site. */
export type SiteRuntime = {
  /** Rejects with what the host has said when it cannot start. */
  start(spec: HostSpec): Promise<SiteHost>;
};

/** The runtime of a cloud beside which no host can be started: its sites are resources that never run. */
export const noRuntime: SiteRuntime = {
  start: () => Promise.reject(new Error('not simulated: this local cloud was started without a Functions host')),
};
