import type { GetCoverage200 } from '../../../client/api.ts';
import { readGaps } from '../../api/readers.ts';
import { useRead } from '../../api/use-read.ts';
import { labelOf } from '../../model/acts.ts';
import { nameOf } from '../../model/names.ts';
import { Command } from '../../parts/command.tsx';
import { CutOf } from '../../parts/cut.tsx';
import { Paged } from '../../parts/paged.tsx';
import { Shown } from '../../parts/shown.tsx';
import type { WordKey } from '../../words/table.ts';
import { useWords } from '../../words/words-context.tsx';

type Gap = GetCoverage200['value'][number];

const lacks = ({ canSee, canRepair }: Gap): WordKey => {
  if (canSee === false) return 'estate.gap.blind';
  return canRepair === false ? 'estate.gap.helpless' : 'estate.gap.unclear';
};

const GapOf = ({ gap }: { readonly gap: Gap }) => {
  const { say } = useWords();
  return (
    <li className="write">
      <p>
        <span className="strong">{nameOf(gap.vault)}</span> · {say(lacks(gap))}:{' '}
        {labelOf(say, [{ kind: gap.step, target: gap.vault }])}
      </p>
      {gap.why.map((why) => (
        <p key={why} className="quiet address">
          {why}
        </p>
      ))}
      {gap.commands.map((command) => (
        <Command key={command} text={command} />
      ))}
    </li>
  );
};

/** The gaps of coverage: vaults that the product cannot see or repair, and the command that changes it. */
export const Gaps = () => {
  const { say } = useWords();
  const gaps = useRead(readGaps, (value) => (value ? 300 : 15));
  return (
    <section className="part">
      <h2 className="heading">{say('estate.gaps')}</h2>
      <Shown loaded={gaps} rows={2} height={40}>
        {(value) => {
          if (!value) return <p className="quiet">{say('estate.reportMade')}</p>;
          if (value.value.length === 0) return <p>{say('estate.noGaps')}</p>;
          return (
            <>
              <CutOf list={value} />
              <Paged items={value.value} rows={20}>
                {(shown) => (
                  <ol className="writes">
                    {shown.map((gap) => (
                      <GapOf key={`${gap.vault}${gap.step}`} gap={gap} />
                    ))}
                  </ol>
                )}
              </Paged>
            </>
          );
        }}
      </Shown>
    </section>
  );
};
