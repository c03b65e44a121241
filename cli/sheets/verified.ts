import type { Judged } from '../ledger/chain.ts';
import { type Block, heading, type Sheet, tableOf, text } from '../sheet/sheet.ts';
import { counted } from '../words/counted.ts';

const isBroken = ({ verification }: Judged): boolean => verification.kind === 'broken';

const faultOf = ({ verification }: Judged): string => (verification.kind === 'broken' ? verification.fault : '');

const headOf = ({ verification }: Judged): string => (verification.kind === 'intact' ? verification.head.hash : '');

type Verified = {
  readonly chains: readonly Judged[];
  /** The proof of the anchors, and the attacker against whom it holds: each sentence once. */
  readonly proves: readonly string[];
  /** Further differences: files, evidence. */
  readonly faults: readonly string[];
};

const head = ({ chains, faults }: Verified): string => {
  const broken = chains.filter(isBroken).length;
  const rows = chains.reduce((sum, one) => sum + one.rows, 0);
  if (broken + faults.length === 0)
    return `${counted(chains.length, 'chain')} with ${counted(rows, 'row')}: all intact.`;
  return `${broken} of ${counted(chains.length, 'chain')} ${broken === 1 ? 'is' : 'are'} broken.`;
};

/** Whether the ledger is intact. */
export const verifiedSheet = (verified: Verified): Sheet => {
  const { chains, proves, faults } = verified;
  const broken = chains.filter(isBroken);
  const blocks: readonly Block[] = [
    text(head(verified)),
    ...broken.flatMap((one) => [heading(one.chain), text(faultOf(one))]),
    ...(faults.length > 0 ? [heading('What else is not as it was'), ...faults.map((fault) => text(fault))] : []),
    ...proves.map((sentence) => text(`Anchors: ${sentence}`)),
  ];
  return {
    isWell: broken.length + faults.length === 0,
    answer: { chains, anchors: proves, faults },
    blocks,
    records: tableOf<Judged>(
      {
        chain: ({ chain }) => chain,
        rows: ({ rows }) => rows,
        verification: ({ verification }) => verification.kind,
        head: headOf,
        fault: faultOf,
      },
      chains,
    ),
  };
};
