import type { GetCoverage200 } from '../../client/api.ts';
import { type Block, command, heading, type Sheet, tableOf, text } from '../sheet/sheet.ts';
import { stepNameIn, stepWithCode } from '../words/as-page.ts';
import { counted } from '../words/counted.ts';
import { nameAt } from '../words/names.ts';
import { exact } from '../words/times.ts';

type Coverage = GetCoverage200['value'][number];

const answer = (known: boolean | null): string => (known === null ? 'nobody can tell' : known ? 'yes' : 'no');

const isGap = ({ canSee, canRepair }: Coverage): boolean => canSee !== true || canRepair !== true;

/** Gaps of one vault with the same reasons are shown once: the same commands close them. */
const gapsOf = (value: readonly Coverage[]): readonly (readonly Coverage[])[] => [
  ...Map.groupBy(value.filter(isGap), ({ vault, why, commands }) => JSON.stringify([vault, why, commands])).values(),
];

const gapBlocks = (gap: readonly Coverage[]): readonly Block[] => {
  const [first] = gap;
  if (!first) return [];
  const lost = gap.some(({ canSee }) => canSee !== true) ? 'cannot be seen or done' : 'cannot be done';
  return [
    heading(`${nameAt(first.vault)}: ${lost}: ${gap.map(({ step }) => stepNameIn(step)).join(', ')}`),
    ...first.why.map((why) => text(why)),
    ...first.commands.map(command),
  ];
};

/** The parts that the product cannot see or could not repair, and the commands that change it. */
export const coverageSheet = (whole: GetCoverage200): Sheet => {
  const gaps = gapsOf(whole.value);
  const vaults = new Set(whole.value.map(({ vault }) => vault)).size;
  return {
    isWell: gaps.length === 0,
    answer: whole,
    blocks: [
      text(
        gaps.length === 0
          ? `Nothing is out of sight or out of reach, ${exact(whole.observedAt)}.`
          : `${counted(gaps.length, 'gap')}, ${exact(whole.observedAt)}.`,
      ),
      ...(vaults > 0 ? [text(`${counted(vaults, 'vault')} looked at.`)] : []),
      ...gaps.flatMap(gapBlocks),
    ],
    records: tableOf<Coverage>(
      {
        vault: ({ vault }) => vault,
        step: ({ step }) => stepWithCode(step),
        canSee: ({ canSee }) => answer(canSee),
        canRepair: ({ canRepair }) => answer(canRepair),
        why: ({ why }) => why.join(' '),
        commands: ({ commands }) => commands.join('\n'),
      },
      whole.value,
    ),
  };
};
