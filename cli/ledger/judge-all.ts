import type { KnownAnchors } from './anchors-in.ts';
import { type Chain, type Judged, judge } from './chain.ts';

const NOTHING: Chain['verification'] = { kind: 'intact', head: { seq: 0, hash: '' } };

/** Judges every chain by its known anchors. A chain that only anchors know of was deleted. */
export const judgeAll = (chains: readonly Chain[], anchors: KnownAnchors = new Map()): readonly Judged[] => {
  const there = new Set(chains.map(({ chain }) => chain));
  const gone = [...anchors.keys()].filter((chain) => !there.has(chain));
  return [
    ...chains.map((chain) => judge(chain, anchors.get(chain.chain))),
    ...gone.map((chain) => judge({ chain, entries: [], anchors: '', verification: NOTHING }, anchors.get(chain))),
  ];
};
