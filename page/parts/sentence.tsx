import { type Part, partsOf } from '../model/sentence.ts';
import { useWords } from '../words/words-context.tsx';
import { exactly } from './when.tsx';

const Said = ({ part: { text, full, at } }: { readonly part: Part }) => {
  const { language } = useWords();
  if (at !== undefined) {
    const shown = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));
    return (
      <time dateTime={at} title={exactly(at, language)}>
        {shown}
      </time>
    );
  }
  return full === undefined ? text : <abbr title={full}>{text}</abbr>;
};

/**
 * A sentence of the API, with names in place of addresses, and with times in the reader's zone; the exact text shows on hover.
 */
export const Sentence = ({ text }: { readonly text: string }) => (
  <span className="sentence">
    {partsOf(text).map((part, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never change places
      <Said key={at} part={part} />
    ))}
  </span>
);
