import { Tooltip } from '@fluentui/react-components';
import { useSlowNow } from '../api/server-clock.tsx';
import { relativeTo } from '../model/relative.ts';
import type { Language, Say } from '../words/say.ts';
import { useWords } from '../words/words-context.tsx';

const exact = (at: Date, language: Language, timeZone?: string): string =>
  new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    ...(timeZone !== undefined && { timeZone }),
  }).format(at);

/** An instant in the zone of the reader, and beside it in UTC. */
export const exactly = (at: string, language: Language): string => {
  const instant = new Date(at);
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return `${exact(instant, language)} (${timeZone}) · ${exact(instant, language, 'UTC')} UTC`;
};

/** The time since an instant, or until it. */
const agoOf = (say: Say, now: number, at: number): string => {
  const { unit, count, isPast } = relativeTo(now, at);
  if (unit === 'now') return say('ago.now');
  return say(isPast ? `ago.${unit}` : `in.${unit}`, { n: count });
};

/** The time since an instant, or until it; the exact instant shows on hover and focus. */
export const When = ({ at }: { readonly at: string }) => {
  const { say, language } = useWords();
  const now = useSlowNow();
  return (
    <Tooltip content={exactly(at, language)} relationship="description">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is shown on hover is shown on focus as well */}
      <time dateTime={at} tabIndex={0} className="when">
        {agoOf(say, now, Date.parse(at))}
      </time>
    </Tooltip>
  );
};

/** A day, in the zone of the reader; the exact instant shows on hover and focus. */
export const OnDay = ({ at }: { readonly at: string }) => {
  const { language } = useWords();
  return (
    <Tooltip content={exactly(at, language)} relationship="description">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is shown on hover is shown on focus as well */}
      <time dateTime={at} tabIndex={0} className="when">
        {new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(new Date(at))}
      </time>
    </Tooltip>
  );
};
