/** The page's files by name, as its build lists them: nothing else is served. */
export type PageManifest = Readonly<Record<string, PageFile>>;

export type PageFile = {
  readonly type: string;
  /** Of its content. */
  readonly hash: string;
  /** Whether another content would have another name. */
  readonly isImmutable: boolean;
  /** How it lies there compressed. */
  readonly encodings: readonly ('br' | 'gzip')[];
};
