import { readWouldHave } from '../../api/readers.ts';
import { useRead } from '../../api/use-read.ts';
import { Shown } from '../../parts/shown.tsx';
import { useWords } from '../../words/words-context.tsx';

/** A week in mode observe or approve: the steps that mode auto would have done, and the results without them. */
export const WouldHave = () => {
  const { say } = useWords();
  const read = useRead(readWouldHave);
  return (
    <section className="part">
      <h2 className="heading">{say('history.wouldHave')}</h2>
      <Shown loaded={read} rows={1} height={40}>
        {({ value }) =>
          value.length === 0 ? (
            <p className="quiet">{say('history.wouldHave.none')}</p>
          ) : (
            <ul className="plain">
              {value.map(({ day, wouldHaveRun, wouldHaveAsked, minutesDownAfter }) => (
                <li key={day}>
                  <span className="strong numbers">{day}</span>{' '}
                  {say('history.wouldHave.day', {
                    run: wouldHaveRun,
                    asked: wouldHaveAsked,
                    minutes: Math.round(minutesDownAfter),
                  })}
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </section>
  );
};
