import { partsOf } from '../model/sentence.ts';

/** A sentence of the API, with names where it has addresses; the address itself on hover. */
export const Sentence = ({ text }: { readonly text: string }) => (
  <span className="sentence">
    {partsOf(text).map(({ text: part, full }, at) =>
      full === undefined ? (
        part
      ) : (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never change places
        <abbr key={at} title={full}>
          {part}
        </abbr>
      ),
    )}
  </span>
);
