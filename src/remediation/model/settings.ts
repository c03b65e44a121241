/** The settings of diagnosis and planning. Durations are ISO 8601 (`P30D`). */
export type RemediationSettings = {
  /** A pinned version that expires within this time is extended before anything breaks. */
  readonly nearExpiry: string;
  /** The validity that an extension gives, counted from the write. It must be longer than `nearExpiry`. */
  readonly extension: string;
  /** No version is extended past this age, counted from its creation. */
  readonly maximumKeyAge: string;
  /** Names, lower-cased, of the vaults that hold only encryption keys: an access policy there opens nothing else. */
  readonly dedicatedVaults: readonly string[];
  /** Scopes in which a single server of unproven lineage, with an identity of its own, gets access without a question. */
  readonly trustedRestores: readonly string[];
};
