import type { GetSummary200 } from '../../../client/api.ts';
import { useWho } from '../../api/who.tsx';
import type { Headline } from '../../model/headline.ts';
import { When } from '../../parts/when.tsx';
import { may } from '../../sign-in/signed-in.ts';
import type { Say } from '../../words/say.ts';
import { useWords } from '../../words/words-context.tsx';

const partsOf = (say: Say, headline: Headline, isMine: boolean): readonly string[] => {
  const { down, threatened, overdue, answers, working, noted } = headline;
  const said = [
    [down, 'now.down'],
    [overdue, 'now.overdue'],
    [threatened - overdue, 'now.threatened'],
    [answers, isMine ? 'now.answers' : 'now.answersOthers'],
    [working, 'now.working'],
  ] as const;
  const parts = said.flatMap(([n, word]) => (n > 0 ? [say(word, { n })] : []));
  if (parts.length > 0) return parts;
  return noted > 0 ? [say('now.quiet'), say('now.noted', { n: noted })] : [say('now.well')];
};

const seenOf = ({ keys, verdicts }: GetSummary200): number =>
  Math.max(0, keys - verdicts.unseen - verdicts.notYetAssessed);

/** The position of the time in the sentence depends on the language. */
const Looked = ({ at }: { readonly at: string }) => {
  const { say } = useWords();
  const [before, after] = say('now.looked', { ago: '|' }).split('|');
  return (
    <>
      {before}
      <When at={at} />
      {after}
    </>
  );
};

/**
 * Whether anything is wrong, as one sentence in one colour; beside it the time of the last look, and the number of keys that were
 * seen.
 */
export const HeadlineOf = ({
  headline,
  summary,
}: {
  readonly headline: Headline;
  readonly summary: GetSummary200 | undefined;
}) => {
  const { say } = useWords();
  const who = useWho();
  const isEmpty = summary !== undefined && summary.keys === 0;
  const looked = summary?.probe.began ?? summary?.sweep.began;
  return (
    <header className="headline">
      <h1 className={`title is-${headline.tone}`}>
        {isEmpty ? say('now.nothing') : partsOf(say, headline, may(who, 'Approver')).join(', ')}
      </h1>
      {summary && (
        <p className="quiet numbers">
          {looked ? <Looked at={looked.at} /> : say('now.neverLooked')} ·{' '}
          {say('now.seen', { seen: seenOf(summary), all: summary.keys })}
        </p>
      )}
    </header>
  );
};
