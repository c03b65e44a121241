/** The files of the page by name, as its build lists them: no other file is served. */
export type PageManifest = Readonly<Record<string, PageFile>>;

export type PageFile = {
  readonly type: string;
  /** Hash of the content. */
  readonly hash: string;
  /** Whether a file with another content would have another name. */
  readonly isImmutable: boolean;
  /** The compressed forms in the folder. */
  readonly encodings: readonly ('br' | 'gzip')[];
};
