import type { GetIncident200LedgerVerification } from '../../client/api.ts';

export type Chain = {
  readonly key: string;
  readonly verification: GetIncident200LedgerVerification;
  readonly anchors: string;
};

export type VerdictOnChains = {
  readonly broken: readonly { readonly key: string; readonly seq: number; readonly fault: string }[];
  /** Chains that could not be read: whether they are intact is unknown. */
  readonly unread: readonly string[];
  /** The proofs of the anchors, each sentence once. */
  readonly anchors: readonly string[];
};

/** The verdict on the chains of these keys, in their order. */
export const verdictOn = (chains: readonly (Chain | undefined)[], keys: readonly string[]): VerdictOnChains => ({
  broken: chains.flatMap((chain) =>
    chain?.verification.kind === 'broken'
      ? [{ key: chain.key, seq: chain.verification.seq, fault: chain.verification.fault }]
      : [],
  ),
  unread: keys.filter((_key, at) => chains[at] === undefined),
  anchors: [...new Set(chains.flatMap((chain) => chain?.anchors ?? []))],
});
