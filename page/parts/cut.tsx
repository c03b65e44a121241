import { useWords } from '../words/words-context.tsx';

/** Says that the list is longer than the part that was read: a reader must not take the part for the whole. */
export const Cut = ({ n, isCut }: { readonly n: number; readonly isCut: boolean }) => {
  const { say } = useWords();
  return isCut ? (
    <p className="stale" role="status">
      {say('load.cut', { n })}
    </p>
  ) : null;
};

/** The same for an answer as it was read. */
export const CutOf = ({
  list,
}: {
  readonly list: { readonly value: readonly unknown[]; readonly nextLink?: string };
}) => <Cut n={list.value.length} isCut={list.nextLink !== undefined} />;
