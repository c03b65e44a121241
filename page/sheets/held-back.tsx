import { readWrong } from '../api/readers.ts';
import { useRead } from '../api/use-read.ts';
import { actsOf } from '../model/acts.ts';
import { stepsHeldBack } from '../model/held-back.ts';
import { Shown } from '../parts/shown.tsx';
import type { WordKey } from '../words/table.ts';
import { useWords } from '../words/words-context.tsx';

/** The number of steps that are named; an override of everything may hold back thousands. */
const NAMED = 10;

type Props = {
  /** The target of the override; everything when left out. */
  readonly target: string | undefined;
  /** The sentence for these writes: that they are left out, or that they may follow. */
  readonly word: Extract<WordKey, 'sheet.leftUndone' | 'sheet.mayFollow'>;
};

/** The writes that an override holds back, by name. */
export const HeldBack = ({ target, word }: Props) => {
  const { say } = useWords();
  const wrong = useRead(readWrong);
  return (
    <Shown loaded={wrong} rows={1} height={20}>
      {({ value }) => {
        const steps = stepsHeldBack(value, target);
        if (steps.length === 0) return <p className="quiet">{say('sheet.nothingHeldBack')}</p>;
        const more = steps.length > NAMED ? ' …' : '';
        return <p className="strong">{say(word, { acts: `${actsOf(say, steps.slice(0, NAMED))}${more}` })}</p>;
      }}
    </Shown>
  );
};
