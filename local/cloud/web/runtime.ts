/** The files of a package, by their path in it. */
export type PackageFiles = ReadonlyMap<string, Uint8Array>;

/**
 * One start of a site's host. `name` is that of the site: a later host of that name finds the files that an earlier one kept on
 * disk.
 */
export type HostSpec = {
  name: string;
  files: PackageFiles;
  /** The complete environment: the host inherits no variable of this process. */
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

/** Runs packages, outside of this cloud: a process for each site. */
export type SiteRuntime = {
  /** Rejects with the output of the host when it cannot start. */
  start(spec: HostSpec): Promise<SiteHost>;
};

/** The runtime of a cloud beside which no host can be started: its sites are resources that never run. */
export const noRuntime: SiteRuntime = {
  start: () => Promise.reject(new Error('not simulated: this local cloud was started without a Functions host')),
};
