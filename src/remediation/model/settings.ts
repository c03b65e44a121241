/** What diagnosis and planning need to know. Durations are ISO 8601 (`P30D`). */
export type RemediationSettings = {
  /** A pinned version whose expiry is no further away than this is extended before anything breaks. */
  readonly nearExpiry: string;
  /** The validity an extension gives, counted from the write. Must be longer than `nearExpiry`. */
  readonly extension: string;
  /** No version is extended past this age, counted from its creation. */
  readonly maximumKeyAge: string;
  /** Names of the vaults that hold nothing but encryption keys, lower-cased: an access policy there opens nothing else. */
  readonly dedicatedVaults: readonly string[];
  /** Scopes in which a single server of unproven lineage, with an identity of its own, is let in without asking. */
  readonly trustedRestores: readonly string[];
};
