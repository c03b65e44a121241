import { readWrong } from '../api/readers.ts';
import { useRead } from '../api/use-read.ts';
import { actsOf } from '../model/acts.ts';
import { stepsHeldBack } from '../model/held-back.ts';
import { Shown } from '../parts/shown.tsx';
import type { WordKey } from '../words/table.ts';
import { useWords } from '../words/words-context.tsx';

/** So many steps are named; of an override about everything there may be thousands. */
const NAMED = 10;

type Props = {
  /** What the override is about; everything without. */
  readonly target: string | undefined;
  /** How it is said that these writes are left out, or may follow. */
  readonly word: Extract<WordKey, 'sheet.leftUndone' | 'sheet.mayFollow'>;
};

/** The writes that an override keeps from being done, by name. */
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
