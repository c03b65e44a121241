import { useRunningNow } from '../api/server-clock.tsx';
import { countdownOf } from '../model/countdown.ts';
import type { Line } from '../model/line.ts';
import { type Span, spanOf } from '../model/span.ts';
import type { Say } from '../words/say.ts';
import { useWords } from '../words/words-context.tsx';

export const spanText = (say: Say, span: Span): string =>
  span.kind === 'clock' ? span.text : say('span.days', { days: span.days, hours: span.hours });

/** The biggest number of a row: how long a consumer has been down, or the time until it will be. By the server's clock. */
export const Count = ({ line }: { readonly line: Line }) => {
  const { say } = useWords();
  const countdown = countdownOf(line, useRunningNow());
  if (!countdown) return <div className="count" />;
  return (
    <div className={`count is-${countdown.kind}`} role="timer" aria-live="off">
      <span className="count-word">{say(`now.row.${countdown.kind}`)}</span>{' '}
      <span className="count-number">{spanText(say, spanOf(countdown.seconds))}</span>
    </div>
  );
};
