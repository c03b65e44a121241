import type { Moment } from '../../model/incident-layout.ts';
import { clockOf, momentText, saidWith } from '../../model/incident-text.ts';
import { Sentence } from '../../parts/sentence.tsx';
import { exactly } from '../../parts/when.tsx';
import { useWords } from '../../words/words-context.tsx';

/** The timeline as a list: for screen readers, for a closer look, and for copying. */
export const Moments = ({ moments }: { readonly moments: readonly Moment[] }) => {
  const { say, language } = useWords();
  return (
    <ol className="moments">
      {moments.map((moment, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what has happened never changes its place
        <li key={at}>
          <time dateTime={moment.at} title={exactly(moment.at, language)} className="numbers">
            +{clockOf(moment.seconds)}
          </time>
          <span>
            <span className="strong">{momentText(say, moment)}</span>
            <span className="quiet">
              {' '}
              <Sentence text={saidWith(say, moment) ?? ''} />
            </span>
          </span>
        </li>
      ))}
    </ol>
  );
};
